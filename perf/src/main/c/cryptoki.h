/*
 * As much of PKCS #11 v2.40 (OASIS Standard, Base Specification and Current Mechanisms) as the programs in this
 * directory need: types, values and the order of the functions, named as the specification names them.
 */
#ifndef CRYPTOKI_H
#define CRYPTOKI_H

#include <stddef.h>

typedef unsigned char CK_BYTE;
typedef unsigned long CK_ULONG;
typedef CK_ULONG CK_RV;

#define CK_UNAVAILABLE_INFORMATION (~0UL)

enum
{
    CKR_OK = 0x000,
    CKR_SLOT_ID_INVALID = 0x003,
    CKR_GENERAL_ERROR = 0x005,
    CKR_ARGUMENTS_BAD = 0x007,
    CKR_ATTRIBUTE_SENSITIVE = 0x011,
    CKR_ATTRIBUTE_TYPE_INVALID = 0x012,
    CKR_FUNCTION_NOT_SUPPORTED = 0x054,
    CKR_DATA_LEN_RANGE = 0x021,
    CKR_KEY_HANDLE_INVALID = 0x060,
    CKR_MECHANISM_INVALID = 0x070,
    CKR_OBJECT_HANDLE_INVALID = 0x082,
    CKR_OPERATION_ACTIVE = 0x090,
    CKR_OPERATION_NOT_INITIALIZED = 0x091,
    CKR_SESSION_COUNT = 0x0b1,
    CKR_SESSION_HANDLE_INVALID = 0x0b3,
    CKR_USER_ALREADY_LOGGED_IN = 0x100,
    CKR_USER_NOT_LOGGED_IN = 0x101,
    CKR_BUFFER_TOO_SMALL = 0x150,
    CKR_CRYPTOKI_NOT_INITIALIZED = 0x190,
    CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191
};

enum
{
    CKF_TOKEN_PRESENT = 0x001,
    CKF_LOGIN_REQUIRED = 0x004,
    CKF_USER_PIN_INITIALIZED = 0x008,
    CKF_TOKEN_INITIALIZED = 0x400,
    CKF_RW_SESSION = 0x002,
    CKF_SERIAL_SESSION = 0x004,
    CKF_OS_LOCKING_OK = 0x002,
    CKF_SIGN = 0x800
};

enum
{
    CKS_RO_PUBLIC_SESSION = 0,
    CKS_RO_USER_FUNCTIONS = 1,
    CKS_RW_PUBLIC_SESSION = 2,
    CKS_RW_USER_FUNCTIONS = 3
};

enum
{
    CKU_USER = 1
};

enum
{
    CKO_PRIVATE_KEY = 3,
    CKO_SECRET_KEY = 4,
    CKK_GENERIC_SECRET = 0x10
};

enum
{
    CKM_SHA256_RSA_PKCS = 0x0040,
    CKM_SHA256_HMAC = 0x0251,
    CKM_ECDSA = 0x1041,
    CKM_EDDSA = 0x1057
};

enum
{
    CKA_CLASS = 0x000,
    CKA_TOKEN = 0x001,
    CKA_PRIVATE = 0x002,
    CKA_LABEL = 0x003,
    CKA_VALUE = 0x011,
    CKA_KEY_TYPE = 0x100,
    CKA_ID = 0x102,
    CKA_SENSITIVE = 0x103,
    CKA_ENCRYPT = 0x104,
    CKA_DECRYPT = 0x105,
    CKA_WRAP = 0x106,
    CKA_UNWRAP = 0x107,
    CKA_SIGN = 0x108,
    CKA_VERIFY = 0x10a,
    CKA_DERIVE = 0x10c,
    CKA_VALUE_LEN = 0x161,
    CKA_EXTRACTABLE = 0x162,
    CKA_LOCAL = 0x163,
    CKA_NEVER_EXTRACTABLE = 0x164,
    CKA_ALWAYS_SENSITIVE = 0x165,
    CKA_MODIFIABLE = 0x170
};

typedef struct
{
    CK_BYTE major;
    CK_BYTE minor;
} CK_VERSION;

typedef struct
{
    CK_VERSION cryptokiVersion;
    CK_BYTE manufacturerID[32];
    CK_ULONG flags;
    CK_BYTE libraryDescription[32];
    CK_VERSION libraryVersion;
} CK_INFO;

typedef struct
{
    CK_BYTE slotDescription[64];
    CK_BYTE manufacturerID[32];
    CK_ULONG flags;
    CK_VERSION hardwareVersion;
    CK_VERSION firmwareVersion;
} CK_SLOT_INFO;

typedef struct
{
    CK_BYTE label[32];
    CK_BYTE manufacturerID[32];
    CK_BYTE model[16];
    CK_BYTE serialNumber[16];
    CK_ULONG flags;
    CK_ULONG ulMaxSessionCount;
    CK_ULONG ulSessionCount;
    CK_ULONG ulMaxRwSessionCount;
    CK_ULONG ulRwSessionCount;
    CK_ULONG ulMaxPinLen;
    CK_ULONG ulMinPinLen;
    CK_ULONG ulTotalPublicMemory;
    CK_ULONG ulFreePublicMemory;
    CK_ULONG ulTotalPrivateMemory;
    CK_ULONG ulFreePrivateMemory;
    CK_VERSION hardwareVersion;
    CK_VERSION firmwareVersion;
    CK_BYTE utcTime[16];
} CK_TOKEN_INFO;

typedef struct
{
    CK_ULONG slotID;
    CK_ULONG state;
    CK_ULONG flags;
    CK_ULONG ulDeviceError;
} CK_SESSION_INFO;

typedef struct
{
    CK_ULONG ulMinKeySize;
    CK_ULONG ulMaxKeySize;
    CK_ULONG flags;
} CK_MECHANISM_INFO;

typedef struct
{
    CK_ULONG mechanism;
    void *pParameter;
    CK_ULONG ulParameterLen;
} CK_MECHANISM;

typedef struct
{
    CK_ULONG type;
    void *pValue;
    CK_ULONG ulValueLen;
} CK_ATTRIBUTE;

typedef struct
{
    void *CreateMutex;
    void *DestroyMutex;
    void *LockMutex;
    void *UnlockMutex;
    CK_ULONG flags;
    void *pReserved;
} CK_C_INITIALIZE_ARGS;

/* The places of the functions that are used here in CK_FUNCTION_LIST. */
enum
{
    C_INITIALIZE = 0,
    C_FINALIZE = 1,
    C_GET_INFO = 2,
    C_GET_FUNCTION_LIST = 3,
    C_GET_SLOT_LIST = 4,
    C_GET_SLOT_INFO = 5,
    C_GET_TOKEN_INFO = 6,
    C_GET_MECHANISM_LIST = 7,
    C_GET_MECHANISM_INFO = 8,
    C_OPEN_SESSION = 12,
    C_CLOSE_SESSION = 13,
    C_CLOSE_ALL_SESSIONS = 14,
    C_GET_SESSION_INFO = 15,
    C_LOGIN = 18,
    C_LOGOUT = 19,
    C_GET_ATTRIBUTE_VALUE = 24,
    C_FIND_OBJECTS_INIT = 26,
    C_FIND_OBJECTS = 27,
    C_FIND_OBJECTS_FINAL = 28,
    C_SIGN_INIT = 42,
    C_SIGN = 43,
    C_SIGN_UPDATE = 44,
    C_SIGN_FINAL = 45,
    FUNCTION_COUNT = 68
};

typedef struct
{
    CK_VERSION version;
    void *functions[FUNCTION_COUNT];
} CK_FUNCTION_LIST;

#endif
