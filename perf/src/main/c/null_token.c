/*
 * The null token: a PKCS #11 v2.40 module FOR MEASURING ONLY. It protects nothing and signs nothing: C_Sign answers
 * with a constant, at once or after a set delay, so that what is left of a round trip is the caller's own share.
 *
 * Data that begins with "countersign " is the exception: it gets its true HMAC-SHA256. A gateway has its keys prove
 * themselves, and derives API keys, with texts that begin so; no request of a venue does.
 *
 * One slot with one token. Any PIN logs in. Its keys are secret keys for CKM_SHA256_HMAC and cannot be changed; the
 * value of each is the text "null token key " and its label.
 *
 * Environment, read by C_Initialize:
 *   COUNTERSIGN_NULL_TOKEN_LABEL     label of the token, default "null"
 *   COUNTERSIGN_NULL_TOKEN_SERIAL    serial number, default "0"
 *   COUNTERSIGN_NULL_TOKEN_DELAY_NS  how long C_Sign and C_SignFinal take at least, default 0. Up to 50,000 ns the
 *                                    thread spins, above it sleeps
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "null_token.h"

#define EXPORT __attribute__((visibility("default")))
#define LENGTH(array) (sizeof(array) / sizeof *(array))

enum
{
    MAX_SESSIONS = 1024
};

bool null_is_logged_in;
long long null_delay_ns;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static session_t sessions[MAX_SESSIONS];
static CK_ULONG session_count;
static bool is_initialised;
static CK_BYTE token_label[32];
static CK_BYTE token_serial[16];

static void pad(CK_BYTE *const to, const size_t room, const char *const text)
{
    const size_t length = strlen(text);
    memset(to, ' ', room);
    memcpy(to, text, length < room ? length : room);
}

static const char *setting(const char *const name, const char *const otherwise)
{
    const char *const value = getenv(name);
    return NULL == value || 0 == *value ? otherwise : value;
}

session_t *null_session(const CK_ULONG handle)
{
    return 0 < handle && handle <= MAX_SESSIONS && sessions[handle - 1].is_open ? &sessions[handle - 1] : NULL;
}

static CK_RV initialize(void *const arguments)
{
    (void)arguments;
    pthread_mutex_lock(&lock);
    const bool was_initialised = is_initialised;
    if (!was_initialised)
    {
        pad(token_label, sizeof token_label, setting("COUNTERSIGN_NULL_TOKEN_LABEL", "null"));
        pad(token_serial, sizeof token_serial, setting("COUNTERSIGN_NULL_TOKEN_SERIAL", "0"));
        null_delay_ns = atoll(setting("COUNTERSIGN_NULL_TOKEN_DELAY_NS", "0"));
        is_initialised = true;
    }
    pthread_mutex_unlock(&lock);
    return was_initialised ? CKR_CRYPTOKI_ALREADY_INITIALIZED : CKR_OK;
}

static CK_RV finalize(void *const reserved)
{
    (void)reserved;
    pthread_mutex_lock(&lock);
    const bool was_initialised = is_initialised;
    memset(sessions, 0, sizeof sessions);
    session_count = 0;
    is_initialised = false;
    null_is_logged_in = false;
    pthread_mutex_unlock(&lock);
    return was_initialised ? CKR_OK : CKR_CRYPTOKI_NOT_INITIALIZED;
}

static CK_RV get_info(CK_INFO *const info)
{
    memset(info, 0, sizeof *info);
    info->cryptokiVersion = (CK_VERSION){2, 40};
    info->libraryVersion = (CK_VERSION){1, 0};
    pad(info->manufacturerID, sizeof info->manufacturerID, "Countersign");
    pad(info->libraryDescription, sizeof info->libraryDescription, "null token, for measuring only");
    return CKR_OK;
}

static CK_RV get_slot_list(const CK_BYTE token_present, CK_ULONG *const slots, CK_ULONG *const count)
{
    (void)token_present;
    if (!is_initialised)
    {
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    }
    if (NULL != slots && 0 < *count)
    {
        slots[0] = 0;
    }
    const bool is_small = NULL != slots && 0 == *count;
    *count = 1;
    return is_small ? CKR_BUFFER_TOO_SMALL : CKR_OK;
}

static CK_RV get_slot_info(const CK_ULONG slot, CK_SLOT_INFO *const info)
{
    if (0 != slot)
    {
        return CKR_SLOT_ID_INVALID;
    }
    memset(info, 0, sizeof *info);
    pad(info->slotDescription, sizeof info->slotDescription, "null token, for measuring only");
    pad(info->manufacturerID, sizeof info->manufacturerID, "Countersign");
    info->flags = CKF_TOKEN_PRESENT;
    return CKR_OK;
}

static CK_RV get_token_info(const CK_ULONG slot, CK_TOKEN_INFO *const info)
{
    if (0 != slot)
    {
        return CKR_SLOT_ID_INVALID;
    }
    memset(info, 0, sizeof *info);
    memcpy(info->label, token_label, sizeof info->label);
    memcpy(info->serialNumber, token_serial, sizeof info->serialNumber);
    pad(info->manufacturerID, sizeof info->manufacturerID, "Countersign");
    pad(info->model, sizeof info->model, "null");
    pad(info->utcTime, sizeof info->utcTime, "");
    info->flags = CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | CKF_TOKEN_INITIALIZED;
    info->ulMaxSessionCount = MAX_SESSIONS;
    info->ulMaxRwSessionCount = MAX_SESSIONS;
    info->ulSessionCount = session_count;
    info->ulRwSessionCount = session_count;
    info->ulMaxPinLen = 255;
    info->ulMinPinLen = 1;
    info->ulTotalPublicMemory = CK_UNAVAILABLE_INFORMATION;
    info->ulFreePublicMemory = CK_UNAVAILABLE_INFORMATION;
    info->ulTotalPrivateMemory = CK_UNAVAILABLE_INFORMATION;
    info->ulFreePrivateMemory = CK_UNAVAILABLE_INFORMATION;
    return CKR_OK;
}

static CK_RV get_mechanism_list(const CK_ULONG slot, CK_ULONG *const mechanisms, CK_ULONG *const count)
{
    if (0 != slot)
    {
        return CKR_SLOT_ID_INVALID;
    }
    if (NULL != mechanisms && 0 < *count)
    {
        mechanisms[0] = CKM_SHA256_HMAC;
    }
    const bool is_small = NULL != mechanisms && 0 == *count;
    *count = 1;
    return is_small ? CKR_BUFFER_TOO_SMALL : CKR_OK;
}

static CK_RV get_mechanism_info(const CK_ULONG slot, const CK_ULONG mechanism, CK_MECHANISM_INFO *const info)
{
    if (0 != slot)
    {
        return CKR_SLOT_ID_INVALID;
    }
    if (CKM_SHA256_HMAC != mechanism)
    {
        return CKR_MECHANISM_INVALID;
    }
    *info = (CK_MECHANISM_INFO){1, MAX_KEY_LENGTH, CKF_SIGN};
    return CKR_OK;
}

static CK_RV open_session(
    const CK_ULONG slot,
    const CK_ULONG flags,
    void *const application,
    void *const notify,
    CK_ULONG *const handle)
{
    (void)application;
    (void)notify;
    if (0 != slot)
    {
        return CKR_SLOT_ID_INVALID;
    }
    pthread_mutex_lock(&lock);
    CK_RV result = is_initialised ? CKR_SESSION_COUNT : CKR_CRYPTOKI_NOT_INITIALIZED;
    for (CK_ULONG i = 0; is_initialised && i < MAX_SESSIONS && CKR_OK != result; i++)
    {
        if (!sessions[i].is_open)
        {
            memset(&sessions[i], 0, sizeof sessions[i]);
            sessions[i].is_open = true;
            sessions[i].is_read_write = 0 != (flags & CKF_RW_SESSION);
            session_count++;
            *handle = i + 1;
            result = CKR_OK;
        }
    }
    pthread_mutex_unlock(&lock);
    return result;
}

static CK_RV close_session(const CK_ULONG handle)
{
    pthread_mutex_lock(&lock);
    session_t *const closed = null_session(handle);
    if (NULL != closed)
    {
        closed->is_open = false;
        session_count--;
        null_is_logged_in = null_is_logged_in && 0 < session_count;
    }
    pthread_mutex_unlock(&lock);
    return NULL == closed ? CKR_SESSION_HANDLE_INVALID : CKR_OK;
}

static CK_RV close_all_sessions(const CK_ULONG slot)
{
    if (0 != slot)
    {
        return CKR_SLOT_ID_INVALID;
    }
    pthread_mutex_lock(&lock);
    memset(sessions, 0, sizeof sessions);
    session_count = 0;
    null_is_logged_in = false;
    pthread_mutex_unlock(&lock);
    return CKR_OK;
}

static CK_RV get_session_info(const CK_ULONG handle, CK_SESSION_INFO *const info)
{
    const session_t *const asked = null_session(handle);
    if (NULL == asked)
    {
        return CKR_SESSION_HANDLE_INVALID;
    }
    memset(info, 0, sizeof *info);
    info->state = asked->is_read_write ?
        (null_is_logged_in ? CKS_RW_USER_FUNCTIONS : CKS_RW_PUBLIC_SESSION) :
        (null_is_logged_in ? CKS_RO_USER_FUNCTIONS : CKS_RO_PUBLIC_SESSION);
    info->flags = CKF_SERIAL_SESSION | (asked->is_read_write ? CKF_RW_SESSION : 0);
    return CKR_OK;
}

static CK_RV login(const CK_ULONG handle, const CK_ULONG user, const CK_BYTE *const pin, const CK_ULONG pin_length)
{
    (void)user;
    (void)pin;
    (void)pin_length;
    if (NULL == null_session(handle))
    {
        return CKR_SESSION_HANDLE_INVALID;
    }
    pthread_mutex_lock(&lock);
    const bool was_logged_in = null_is_logged_in;
    null_is_logged_in = true;
    pthread_mutex_unlock(&lock);
    return was_logged_in ? CKR_USER_ALREADY_LOGGED_IN : CKR_OK;
}

static CK_RV logout(const CK_ULONG handle)
{
    if (NULL == null_session(handle))
    {
        return CKR_SESSION_HANDLE_INVALID;
    }
    pthread_mutex_lock(&lock);
    const bool was_logged_in = null_is_logged_in;
    null_is_logged_in = false;
    pthread_mutex_unlock(&lock);
    return was_logged_in ? CKR_OK : CKR_USER_NOT_LOGGED_IN;
}

static CK_RV not_supported(void)
{
    return CKR_FUNCTION_NOT_SUPPORTED;
}

EXPORT CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list);

static CK_FUNCTION_LIST functions = {
    .version = {2, 40},
    .functions = {
        [C_INITIALIZE] = (void *)initialize,
        [C_FINALIZE] = (void *)finalize,
        [C_GET_INFO] = (void *)get_info,
        [C_GET_FUNCTION_LIST] = (void *)C_GetFunctionList,
        [C_GET_SLOT_LIST] = (void *)get_slot_list,
        [C_GET_SLOT_INFO] = (void *)get_slot_info,
        [C_GET_TOKEN_INFO] = (void *)get_token_info,
        [C_GET_MECHANISM_LIST] = (void *)get_mechanism_list,
        [C_GET_MECHANISM_INFO] = (void *)get_mechanism_info,
        [C_OPEN_SESSION] = (void *)open_session,
        [C_CLOSE_SESSION] = (void *)close_session,
        [C_CLOSE_ALL_SESSIONS] = (void *)close_all_sessions,
        [C_GET_SESSION_INFO] = (void *)get_session_info,
        [C_LOGIN] = (void *)login,
        [C_LOGOUT] = (void *)logout,
        [C_GET_ATTRIBUTE_VALUE] = (void *)null_get_attribute_value,
        [C_FIND_OBJECTS_INIT] = (void *)null_find_objects_init,
        [C_FIND_OBJECTS] = (void *)null_find_objects,
        [C_FIND_OBJECTS_FINAL] = (void *)null_find_objects_final,
        [C_SIGN_INIT] = (void *)null_sign_init,
        [C_SIGN] = (void *)null_sign,
        [C_SIGN_UPDATE] = (void *)null_sign_update,
        [C_SIGN_FINAL] = (void *)null_sign_final
    }
};

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **const list)
{
    for (size_t i = 0; i < LENGTH(functions.functions); i++)
    {
        if (NULL == functions.functions[i])
        {
            functions.functions[i] = (void *)not_supported;
        }
    }
    *list = &functions;
    return CKR_OK;
}
