/*
 * The catalogue inside the program: its bytes in read-only data, so that
 * they are paged in from the file as they are touched and never copied.
 */
/* Changes with every byte of the catalogue. */
#include "catalogue-index.h"

#if defined(_WIN32)
	.section .rdata,"dr"
#elif defined(__APPLE__)
	.const
#else
	.section .rodata
#endif
	.balign 4096
	.globl ww_embedded_start
ww_embedded_start:
	.incbin "winwhy.cat"
	.globl ww_embedded_end
ww_embedded_end:
	.byte 0
#if defined(__ELF__)
	.section .note.GNU-stack,"",%progbits
#endif
