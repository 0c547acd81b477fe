/*
 * What the parts of the null token share, see null_token.c.
 */
#ifndef NULL_TOKEN_H
#define NULL_TOKEN_H

#include <stdbool.h>

#include "cryptoki.h"

enum
{
    KEY_COUNT = 6,
    MAX_KEY_LENGTH = 64,
    MAX_PARTS_LENGTH = 4096
};

typedef struct
{
    CK_BYTE id;
    const char *label;
} token_key_t;

typedef struct
{
    bool is_open;
    bool is_read_write;
    CK_ULONG signing_key; /* 0 while nothing is signed */
    bool is_finding;
    CK_ULONG found[KEY_COUNT];
    CK_ULONG found_count;
    CK_ULONG found_given;
    CK_ULONG parts_length;
    CK_BYTE parts[MAX_PARTS_LENGTH];
} session_t;

/* The object with handle n is the key n - 1. */
extern const token_key_t null_keys[KEY_COUNT];
extern bool null_is_logged_in;
extern long long null_delay_ns;

/* NULL where no session with that handle is open. */
session_t *null_session(CK_ULONG handle);

/* null_objects.c */
CK_RV null_get_attribute_value(CK_ULONG handle, CK_ULONG object, CK_ATTRIBUTE *template, CK_ULONG count);
CK_RV null_find_objects_init(CK_ULONG handle, const CK_ATTRIBUTE *template, CK_ULONG count);
CK_RV null_find_objects(CK_ULONG handle, CK_ULONG *objects, CK_ULONG room, CK_ULONG *count);
CK_RV null_find_objects_final(CK_ULONG handle);

/* null_sign.c */
CK_RV null_sign_init(CK_ULONG handle, const CK_MECHANISM *mechanism, CK_ULONG key);
CK_RV null_sign(CK_ULONG handle, const CK_BYTE *data, CK_ULONG data_length, CK_BYTE *signature, CK_ULONG *length);
CK_RV null_sign_update(CK_ULONG handle, const CK_BYTE *part, CK_ULONG length);
CK_RV null_sign_final(CK_ULONG handle, CK_BYTE *signature, CK_ULONG *length);

#endif
