/*
 * How the null token signs, see null_token.c.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "null_token.h"
#include "sha256.h"

enum
{
    MAX_SPIN_NS = 50000,
    SIGNATURE_BYTE = 0xc5
};

static const char TRUE_PREFIX[] = "countersign ";
static const char SECRET_PREFIX[] = "null token key ";

static CK_ULONG now_ns(struct timespec *const now)
{
    clock_gettime(CLOCK_MONOTONIC, now);
    return (CK_ULONG)now->tv_sec * 1000000000UL + (CK_ULONG)now->tv_nsec;
}

static void wait_until(const CK_ULONG deadline_ns)
{
    struct timespec time;
    if (MAX_SPIN_NS < null_delay_ns)
    {
        time.tv_sec = (time_t)(deadline_ns / 1000000000UL);
        time.tv_nsec = (long)(deadline_ns % 1000000000UL);
        while (EINTR == clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL))
        {
        }
    }
    else
    {
        while (now_ns(&time) < deadline_ns)
        {
        }
    }
}

static void sign(const CK_ULONG key, const CK_BYTE *const data, const CK_ULONG length, CK_BYTE *const signature)
{
    struct timespec time;
    const CK_ULONG deadline_ns = 0 == null_delay_ns ? 0 : now_ns(&time) + (CK_ULONG)null_delay_ns;
    if (sizeof TRUE_PREFIX - 1 <= length && 0 == memcmp(data, TRUE_PREFIX, sizeof TRUE_PREFIX - 1))
    {
        CK_BYTE secret[MAX_KEY_LENGTH];
        const char *const label = null_keys[key - 1].label;
        memcpy(secret, SECRET_PREFIX, sizeof SECRET_PREFIX - 1);
        memcpy(secret + sizeof SECRET_PREFIX - 1, label, strlen(label));
        hmac_sha256(secret, sizeof SECRET_PREFIX - 1 + strlen(label), data, length, signature);
    }
    else
    {
        memset(signature, SIGNATURE_BYTE, SHA256_LENGTH);
    }
    if (0 != deadline_ns)
    {
        wait_until(deadline_ns);
    }
}

CK_RV null_sign_init(const CK_ULONG handle, const CK_MECHANISM *const mechanism, const CK_ULONG key)
{
    session_t *const asked = null_session(handle);
    if (NULL == asked)
    {
        return CKR_SESSION_HANDLE_INVALID;
    }
    if (CKM_SHA256_HMAC != mechanism->mechanism)
    {
        return CKR_MECHANISM_INVALID;
    }
    if (!null_is_logged_in)
    {
        return CKR_USER_NOT_LOGGED_IN;
    }
    if (0 == key || KEY_COUNT < key)
    {
        return CKR_KEY_HANDLE_INVALID;
    }
    if (0 != asked->signing_key)
    {
        return CKR_OPERATION_ACTIVE;
    }
    asked->signing_key = key;
    asked->parts_length = 0;
    return CKR_OK;
}

/* Whether there is an operation and room for its signature; asking for the length does not end it. */
static CK_RV answer_to(const session_t *const asked, const CK_BYTE *const signature, CK_ULONG *const length)
{
    if (NULL == asked)
    {
        return CKR_SESSION_HANDLE_INVALID;
    }
    if (0 == asked->signing_key)
    {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    const bool is_small = NULL != signature && *length < SHA256_LENGTH;
    *length = SHA256_LENGTH;
    return is_small ? CKR_BUFFER_TOO_SMALL : CKR_OK;
}

CK_RV null_sign(
    const CK_ULONG handle,
    const CK_BYTE *const data,
    const CK_ULONG data_length,
    CK_BYTE *const signature,
    CK_ULONG *const length)
{
    session_t *const asked = null_session(handle);
    const CK_RV result = answer_to(asked, signature, length);
    if (CKR_OK == result && NULL != signature)
    {
        sign(asked->signing_key, data, data_length, signature);
        asked->signing_key = 0;
    }
    return result;
}

CK_RV null_sign_update(const CK_ULONG handle, const CK_BYTE *const part, const CK_ULONG length)
{
    session_t *const asked = null_session(handle);
    if (NULL == asked)
    {
        return CKR_SESSION_HANDLE_INVALID;
    }
    if (0 == asked->signing_key)
    {
        return CKR_OPERATION_NOT_INITIALIZED;
    }
    if (MAX_PARTS_LENGTH - asked->parts_length < length)
    {
        asked->signing_key = 0;
        return CKR_DATA_LEN_RANGE;
    }
    memcpy(asked->parts + asked->parts_length, part, length);
    asked->parts_length += length;
    return CKR_OK;
}

CK_RV null_sign_final(const CK_ULONG handle, CK_BYTE *const signature, CK_ULONG *const length)
{
    session_t *const asked = null_session(handle);
    return NULL == asked ? CKR_SESSION_HANDLE_INVALID :
        null_sign(handle, asked->parts, asked->parts_length, signature, length);
}
