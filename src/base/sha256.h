/*
 * SHA-256 of FIPS 180-4: of style and script, for browsers; for nothing
 * secret and nothing large.
 */
#ifndef WW_BASE_SHA256_H
#define WW_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define WW_SHA256_SIZE 32

void ww_sha256(const void *p, size_t len, uint8_t ret[WW_SHA256_SIZE]);

#endif
