/*
 * Calls that do not compile here: unbounded, ambiguous on error, or stateful.
 * Include it last.
 */
#ifndef WW_BASE_BANNED_H
#define WW_BASE_BANNED_H

#define WW_BANNED(call) sorry_##call##_is_banned

#undef strcpy
#define strcpy(a, b) WW_BANNED(strcpy)
#undef strcat
#define strcat(a, b) WW_BANNED(strcat)
#undef strncpy
#define strncpy(a, b, n) WW_BANNED(strncpy)
#undef strtok
#define strtok(a, b) WW_BANNED(strtok)
#undef sprintf
#define sprintf(...) WW_BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) WW_BANNED(vsprintf)
#undef atoi
#define atoi(a) WW_BANNED(atoi)
#undef alloca
#define alloca(n) WW_BANNED(alloca)

#endif
