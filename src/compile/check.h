/*
 * The rules that no single field shows: a risky step says how to go back, a
 * topic has something to choose between, no sentence is everywhere.
 */
#ifndef WW_COMPILE_CHECK_H
#define WW_COMPILE_CHECK_H

#include "compile/load.h"

void check_knowledge(struct compiler *c);

#endif
