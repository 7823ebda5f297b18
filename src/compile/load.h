/*
 * From the text files of knowledge/ to records.  yaml.c follows the schema of
 * format.h and knows no section by name; codes.c reads the tables.
 */
#ifndef WW_COMPILE_LOAD_H
#define WW_COMPILE_LOAD_H

#include "compile/image.h"
#include "compile/problem.h"

struct compiler {
	struct ww_arena *arena; /* borrowed */
	struct image image;
	struct problems problems;
	const char *dir; /* of the knowledge */
};

/* One YAML file: a mapping is one record of the section, a list is many. */
void load_yaml(struct compiler *c, const char *path, enum ww_section section);

/* Every .yaml file of a folder of the knowledge. */
void load_yaml_dir(struct compiler *c, const char *name,
		   enum ww_section section);

/* facilities.tsv and codes/<family>.tsv; families must be loaded. */
void load_facilities(struct compiler *c);
void load_codes(struct compiler *c);

/* The record of the section that has this id, plus 1; 0 is none. */
uint32_t find_id(const struct compiler *c, enum ww_section section,
		 struct ww_slice id);

/* Every problem from here on is one of this record, which has an id. */
void at_record(struct compiler *c, enum ww_section section, uint32_t record);

/* The texts that the translations know without a context: the interface. */
void load_messages(struct compiler *c);

#endif
