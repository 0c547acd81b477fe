/*
 * The keys that the null token claims to have, see null_token.c.
 */
#include <string.h>

#include "null_token.h"

const token_key_t null_keys[KEY_COUNT] = {
    {0x01, "measured-1"},
    {0x02, "measured-2"},
    {0x03, "measured-3"},
    {0x04, "measured-4"},
    {0xc0, "master"},
    {0xc1, "register"}
};

/* Points to the value of an attribute, or to nothing where a key has no such attribute. */
static const void *attribute(const CK_ULONG key, const CK_ULONG type, CK_ULONG *const length)
{
    static const CK_BYTE yes = 1;
    static const CK_BYTE no = 0;
    static const CK_ULONG class = CKO_SECRET_KEY;
    static const CK_ULONG key_type = CKK_GENERIC_SECRET;
    static const CK_ULONG value_length = 32;
    const token_key_t *const asked = &null_keys[key - 1];
    switch (type)
    {
        case CKA_CLASS:
            *length = sizeof class;
            return &class;
        case CKA_KEY_TYPE:
            *length = sizeof key_type;
            return &key_type;
        case CKA_VALUE_LEN:
            *length = sizeof value_length;
            return &value_length;
        case CKA_ID:
            *length = sizeof asked->id;
            return &asked->id;
        case CKA_LABEL:
            *length = strlen(asked->label);
            return asked->label;
        case CKA_TOKEN:
        case CKA_PRIVATE:
        case CKA_SENSITIVE:
        case CKA_ALWAYS_SENSITIVE:
        case CKA_NEVER_EXTRACTABLE:
        case CKA_LOCAL:
        case CKA_SIGN:
            *length = sizeof yes;
            return &yes;
        case CKA_EXTRACTABLE:
        case CKA_MODIFIABLE:
        case CKA_VERIFY:
        case CKA_ENCRYPT:
        case CKA_DECRYPT:
        case CKA_WRAP:
        case CKA_UNWRAP:
        case CKA_DERIVE:
            *length = sizeof no;
            return &no;
        default:
            return NULL;
    }
}

static CK_RV read_attribute(const CK_ULONG key, CK_ATTRIBUTE *const into)
{
    CK_ULONG length = 0;
    const void *const value = attribute(key, into->type, &length);
    if (NULL == value)
    {
        into->ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKA_VALUE == into->type ? CKR_ATTRIBUTE_SENSITIVE : CKR_ATTRIBUTE_TYPE_INVALID;
    }
    if (NULL != into->pValue && into->ulValueLen < length)
    {
        into->ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKR_BUFFER_TOO_SMALL;
    }
    if (NULL != into->pValue)
    {
        memcpy(into->pValue, value, length);
    }
    into->ulValueLen = length;
    return CKR_OK;
}

CK_RV null_get_attribute_value(
    const CK_ULONG handle, const CK_ULONG object, CK_ATTRIBUTE *const template, const CK_ULONG count)
{
    if (NULL == null_session(handle))
    {
        return CKR_SESSION_HANDLE_INVALID;
    }
    if (0 == object || KEY_COUNT < object || !null_is_logged_in)
    {
        return CKR_OBJECT_HANDLE_INVALID;
    }
    CK_RV result = CKR_OK;
    for (CK_ULONG i = 0; i < count; i++)
    {
        const CK_RV of_one = read_attribute(object, &template[i]);
        result = CKR_OK == of_one ? result : of_one;
    }
    return result;
}

static bool matches(const CK_ULONG key, const CK_ATTRIBUTE *const template, const CK_ULONG count)
{
    for (CK_ULONG i = 0; i < count; i++)
    {
        CK_ULONG length = 0;
        const void *const value = attribute(key, template[i].type, &length);
        if (NULL == value || length != template[i].ulValueLen || 0 != memcmp(value, template[i].pValue, length))
        {
            return false;
        }
    }
    return true;
}

CK_RV null_find_objects_init(const CK_ULONG handle, const CK_ATTRIBUTE *const template, const CK_ULONG count)
{
    session_t *const asked = null_session(handle);
    if (NULL == asked)
    {
        return CKR_SESSION_HANDLE_INVALID;
    }
    if (asked->is_finding)
    {
        return CKR_OPERATION_ACTIVE;
    }
    asked->is_finding = true;
    asked->found_count = 0;
    asked->found_given = 0;
    for (CK_ULONG key = 1; key <= KEY_COUNT && null_is_logged_in; key++)
    {
        if (matches(key, template, count))
        {
            asked->found[asked->found_count++] = key;
        }
    }
    return CKR_OK;
}

CK_RV null_find_objects(
    const CK_ULONG handle, CK_ULONG *const objects, const CK_ULONG room, CK_ULONG *const count)
{
    session_t *const asked = null_session(handle);
    if (NULL == asked)
    {
        return CKR_SESSION_HANDLE_INVALID;
    }
    if (!asked->is_finding)
    {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    *count = 0;
    while (*count < room && asked->found_given < asked->found_count)
    {
        objects[(*count)++] = asked->found[asked->found_given++];
    }
    return CKR_OK;
}

CK_RV null_find_objects_final(const CK_ULONG handle)
{
    session_t *const asked = null_session(handle);
    if (NULL == asked)
    {
        return CKR_SESSION_HANDLE_INVALID;
    }
    const bool was_finding = asked->is_finding;
    asked->is_finding = false;
    return was_finding ? CKR_OK : CKR_OPERATION_NOT_INITIALIZED;
}
