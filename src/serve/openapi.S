/* docs/openapi.json as bytes of the program; openapi.h declares them. */
	.section .rodata
	.global serve_openapi
	.global serve_openapi_end
serve_openapi:
	.incbin "openapi.json"
serve_openapi_end:
	.section .note.GNU-stack, "", %progbits
