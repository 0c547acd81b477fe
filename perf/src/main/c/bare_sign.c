/*
 * Signs one payload with one key of a PKCS #11 token over and over, by C_SignInit and C_Sign from C, and takes the time
 * of each pair of calls: what every other way to that signature is compared with.
 *
 *   bare_sign MODULE LABEL SERIAL PIN-FILE KEY-ID ALGORITHM PAYLOAD
 *
 * SERIAL is - for any, KEY-ID and PAYLOAD are hexadecimal, ALGORITHM as in the gateway's configuration. For ECDSA the
 * token signs the SHA-256 of the payload, which is made once and not measured.
 *
 * Says "ready SLOT-ID", or "failed REASON" and ends with 1. Then answers lines on standard input until its end:
 *
 *   sign          signature HEX
 *   round COUNT   latencies COUNT, then so many numbers of 8 bytes, little endian: ns of one C_SignInit and C_Sign
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cryptoki.h"
#include "sha256.h"

enum
{
    MAX_SLOTS = 256,
    MAX_PAYLOAD_LENGTH = 65536,
    MAX_ID_LENGTH = 256,
    MAX_PIN_LENGTH = 256,
    MAX_SIGNATURE_LENGTH = 1024,
    MAX_ROUND = 10000000
};

typedef struct
{
    const char *name;
    CK_ULONG mechanism;
    CK_ULONG key_class;
    bool takes_digest;
} algorithm_t;

static const algorithm_t ALGORITHMS[] = {
    {"HMAC-SHA256", CKM_SHA256_HMAC, CKO_SECRET_KEY, false},
    {"Ed25519", CKM_EDDSA, CKO_PRIVATE_KEY, false},
    {"ECDSA-P256-SHA256", CKM_ECDSA, CKO_PRIVATE_KEY, true},
    {"RSA-2048-PKCS1-SHA256", CKM_SHA256_RSA_PKCS, CKO_PRIVATE_KEY, false}
};

typedef CK_RV (*get_function_list_f)(CK_FUNCTION_LIST **);
typedef CK_RV (*initialize_f)(CK_C_INITIALIZE_ARGS *);
typedef CK_RV (*finalize_f)(void *);
typedef CK_RV (*get_slot_list_f)(CK_BYTE, CK_ULONG *, CK_ULONG *);
typedef CK_RV (*get_token_info_f)(CK_ULONG, CK_TOKEN_INFO *);
typedef CK_RV (*open_session_f)(CK_ULONG, CK_ULONG, void *, void *, CK_ULONG *);
typedef CK_RV (*login_f)(CK_ULONG, CK_ULONG, const CK_BYTE *, CK_ULONG);
typedef CK_RV (*find_objects_init_f)(CK_ULONG, CK_ATTRIBUTE *, CK_ULONG);
typedef CK_RV (*find_objects_f)(CK_ULONG, CK_ULONG *, CK_ULONG, CK_ULONG *);
typedef CK_RV (*find_objects_final_f)(CK_ULONG);
typedef CK_RV (*sign_init_f)(CK_ULONG, CK_MECHANISM *, CK_ULONG);
typedef CK_RV (*sign_f)(CK_ULONG, const CK_BYTE *, CK_ULONG, CK_BYTE *, CK_ULONG *);

static CK_FUNCTION_LIST *functions;
static sign_init_f sign_init;
static sign_f sign;
static CK_ULONG session;
static CK_ULONG key;
static CK_MECHANISM mechanism;
static CK_BYTE data[MAX_PAYLOAD_LENGTH];
static CK_ULONG data_length;
static CK_BYTE signature[MAX_SIGNATURE_LENGTH];
static CK_ULONG signature_length;

__attribute__((noreturn, format(printf, 1, 2)))
static void fail(const char *const format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("failed ", stdout);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
    exit(1);
}

static void check(const CK_RV result, const char *const function)
{
    if (CKR_OK != result)
    {
        fail("%s gave 0x%lx", function, result);
    }
}

static CK_ULONG parse_hex(const char *const text, CK_BYTE *const into, const size_t room)
{
    const size_t digits = strlen(text);
    if (0 == digits || 0 != digits % 2 || room < digits / 2)
    {
        fail("not hexadecimal or too long: %.20s", text);
    }
    for (size_t i = 0; i < digits / 2; i++)
    {
        unsigned int byte;
        if (1 != sscanf(text + 2 * i, "%2x", &byte))
        {
            fail("not hexadecimal: %.20s", text);
        }
        into[i] = (CK_BYTE)byte;
    }
    return digits / 2;
}

static bool is_padded(const CK_BYTE *const padded, const size_t length, const char *const text)
{
    const size_t text_length = strlen(text);
    if (length < text_length || 0 != memcmp(padded, text, text_length))
    {
        return false;
    }
    for (size_t i = text_length; i < length; i++)
    {
        if (' ' != padded[i] && 0 != padded[i])
        {
            return false;
        }
    }
    return true;
}

static void load(const char *const module)
{
    void *const library = dlopen(module, RTLD_NOW);
    if (NULL == library)
    {
        fail("%s cannot be loaded: %s", module, dlerror());
    }
    const get_function_list_f get_function_list = (get_function_list_f)dlsym(library, "C_GetFunctionList");
    if (NULL == get_function_list)
    {
        fail("%s is no PKCS #11 module", module);
    }
    check(get_function_list(&functions), "C_GetFunctionList");
    CK_C_INITIALIZE_ARGS arguments = {.flags = CKF_OS_LOCKING_OK};
    check(((initialize_f)functions->functions[C_INITIALIZE])(&arguments), "C_Initialize");
    sign_init = (sign_init_f)functions->functions[C_SIGN_INIT];
    sign = (sign_f)functions->functions[C_SIGN];
}

static CK_ULONG find_slot(const char *const label, const char *const serial)
{
    CK_ULONG slots[MAX_SLOTS];
    CK_ULONG count = MAX_SLOTS;
    check(((get_slot_list_f)functions->functions[C_GET_SLOT_LIST])(1, slots, &count), "C_GetSlotList");
    for (CK_ULONG i = 0; i < count; i++)
    {
        CK_TOKEN_INFO info;
        check(((get_token_info_f)functions->functions[C_GET_TOKEN_INFO])(slots[i], &info), "C_GetTokenInfo");
        if (is_padded(info.label, sizeof info.label, label) &&
            (0 == strcmp("-", serial) || is_padded(info.serialNumber, sizeof info.serialNumber, serial)))
        {
            return slots[i];
        }
    }
    fail("no token labelled \"%s\" with serial %s", label, serial);
}

static void login(const CK_ULONG slot, const char *const pin_file)
{
    char pin[MAX_PIN_LENGTH];
    FILE *const file = fopen(pin_file, "r");
    if (NULL == file || NULL == fgets(pin, sizeof pin, file))
    {
        fail("the PIN file %s cannot be read", pin_file);
    }
    fclose(file);
    check(((open_session_f)functions->functions[C_OPEN_SESSION])(slot, CKF_SERIAL_SESSION, NULL, NULL, &session),
        "C_OpenSession");
    check(((login_f)functions->functions[C_LOGIN])(
        session, CKU_USER, (const CK_BYTE *)pin, strcspn(pin, "\r\n")), "C_Login");
    explicit_bzero(pin, sizeof pin);
}

static void find_key(const char *const id_hex, CK_ULONG key_class)
{
    CK_BYTE id[MAX_ID_LENGTH];
    CK_ATTRIBUTE template[] = {
        {CKA_CLASS, &key_class, sizeof key_class},
        {CKA_ID, id, parse_hex(id_hex, id, sizeof id)}
    };
    CK_ULONG found[2];
    CK_ULONG count = 0;
    check(((find_objects_init_f)functions->functions[C_FIND_OBJECTS_INIT])(session, template, 2),
        "C_FindObjectsInit");
    check(((find_objects_f)functions->functions[C_FIND_OBJECTS])(session, found, 2, &count), "C_FindObjects");
    check(((find_objects_final_f)functions->functions[C_FIND_OBJECTS_FINAL])(session), "C_FindObjectsFinal");
    if (1 != count)
    {
        fail("%lu keys with id %s", count, id_hex);
    }
    key = found[0];
}

static void prepare(const char *const key_id, const char *const algorithm_name, const char *const payload)
{
    for (size_t i = 0; i < sizeof ALGORITHMS / sizeof *ALGORITHMS; i++)
    {
        if (0 == strcmp(algorithm_name, ALGORITHMS[i].name))
        {
            data_length = parse_hex(payload, data, sizeof data);
            if (ALGORITHMS[i].takes_digest)
            {
                sha256_t hash;
                sha256_init(&hash);
                sha256_update(&hash, data, data_length);
                sha256_final(&hash, data);
                data_length = SHA256_LENGTH;
            }
            mechanism.mechanism = ALGORITHMS[i].mechanism;
            find_key(key_id, ALGORITHMS[i].key_class);
            return;
        }
    }
    fail("cannot sign with %s", algorithm_name);
}

static CK_RV sign_once(void)
{
    const CK_RV initialised = sign_init(session, &mechanism, key);
    if (CKR_OK != initialised)
    {
        return initialised;
    }
    signature_length = sizeof signature;
    return sign(session, data, data_length, signature, &signature_length);
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static void measure(const unsigned long count)
{
    uint64_t *const latencies = calloc(0 == count ? 1 : count, sizeof *latencies);
    if (MAX_ROUND < count || NULL == latencies)
    {
        fail("no round of %lu", count);
    }
    for (unsigned long i = 0; i < count; i++)
    {
        const uint64_t start_ns = now_ns();
        const CK_RV result = sign_once();
        latencies[i] = now_ns() - start_ns;
        check(result, "C_SignInit or C_Sign");
    }
    printf("latencies %lu\n", count);
    for (unsigned long i = 0; i < count; i++)
    {
        for (int shift = 0; shift < 64; shift += 8)
        {
            putchar((int)(latencies[i] >> shift & 0xff));
        }
    }
    free(latencies);
}

static void show_signature(void)
{
    check(sign_once(), "C_SignInit or C_Sign");
    fputs("signature ", stdout);
    for (CK_ULONG i = 0; i < signature_length; i++)
    {
        printf("%02x", signature[i]);
    }
    putchar('\n');
}

int main(const int count, char *const arguments[])
{
    if (8 != count)
    {
        fail("usage: bare_sign MODULE LABEL SERIAL PIN-FILE KEY-ID ALGORITHM PAYLOAD");
    }
    load(arguments[1]);
    const CK_ULONG slot = find_slot(arguments[2], arguments[3]);
    login(slot, arguments[4]);
    prepare(arguments[5], arguments[6], arguments[7]);
    printf("ready %lu\n", slot);
    fflush(stdout);

    char line[64];
    while (NULL != fgets(line, sizeof line, stdin))
    {
        unsigned long round;
        if (1 == sscanf(line, "round %lu", &round))
        {
            measure(round);
        }
        else if (0 == strcmp("sign\n", line))
        {
            show_signature();
        }
        else
        {
            fail("unknown command");
        }
        fflush(stdout);
    }
    ((finalize_f)functions->functions[C_FINALIZE])(NULL);
    return 0;
}
