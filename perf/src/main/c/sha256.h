/*
 * SHA-256 (FIPS 180-4) and HMAC with it (FIPS 198-1), for measuring programs: short, and neither fast nor hardened
 * against who watches its time.
 */
#ifndef SHA256_H
#define SHA256_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SHA256_LENGTH 32
#define SHA256_BLOCK 64

typedef struct
{
    uint32_t state[8];
    uint64_t length;
    uint8_t block[SHA256_BLOCK];
} sha256_t;

static inline uint32_t sha256_rotate(const uint32_t value, const int by)
{
    return value >> by | value << (32 - by);
}

static inline void sha256_compress(uint32_t *const state, const uint8_t *const block)
{
    static const uint32_t constants[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };
    uint32_t schedule[64];
    uint32_t v[8];
    for (int i = 0; i < 16; i++)
    {
        schedule[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
            (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    }
    for (int i = 16; i < 64; i++)
    {
        const uint32_t a = schedule[i - 15];
        const uint32_t b = schedule[i - 2];
        schedule[i] = schedule[i - 16] + (sha256_rotate(a, 7) ^ sha256_rotate(a, 18) ^ a >> 3) +
            schedule[i - 7] + (sha256_rotate(b, 17) ^ sha256_rotate(b, 19) ^ b >> 10);
    }
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i++)
    {
        const uint32_t first = v[7] + (sha256_rotate(v[4], 6) ^ sha256_rotate(v[4], 11) ^ sha256_rotate(v[4], 25)) +
            ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[i] + schedule[i];
        const uint32_t second = (sha256_rotate(v[0], 2) ^ sha256_rotate(v[0], 13) ^ sha256_rotate(v[0], 22)) +
            ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += first;
        v[0] = first + second;
    }
    for (int i = 0; i < 8; i++)
    {
        state[i] += v[i];
    }
}

static inline void sha256_init(sha256_t *const hash)
{
    static const uint32_t initial[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };
    memcpy(hash->state, initial, sizeof initial);
    hash->length = 0;
}

static inline void sha256_update(sha256_t *const hash, const uint8_t *const data, const size_t length)
{
    for (size_t i = 0; i < length; i++)
    {
        hash->block[hash->length++ % SHA256_BLOCK] = data[i];
        if (0 == hash->length % SHA256_BLOCK)
        {
            sha256_compress(hash->state, hash->block);
        }
    }
}

static inline void sha256_final(sha256_t *const hash, uint8_t *const digest)
{
    const uint64_t bits = 8 * hash->length;
    uint8_t padding = 0x80;
    do
    {
        sha256_update(hash, &padding, 1);
        padding = 0;
    }
    while (SHA256_BLOCK - 8 != hash->length % SHA256_BLOCK);
    for (int i = 7; i >= 0; i--)
    {
        const uint8_t byte = (uint8_t)(bits >> 8 * i);
        sha256_update(hash, &byte, 1);
    }
    for (int i = 0; i < SHA256_LENGTH; i++)
    {
        digest[i] = (uint8_t)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
    }
}

/* The key has at most SHA256_BLOCK bytes. */
static inline void hmac_sha256(
    const uint8_t *const key,
    const size_t key_length,
    const uint8_t *const data,
    const size_t length,
    uint8_t *const mac)
{
    uint8_t pad[SHA256_BLOCK] = {0};
    sha256_t hash;
    memcpy(pad, key, key_length);
    for (int i = 0; i < SHA256_BLOCK; i++)
    {
        pad[i] ^= 0x36;
    }
    sha256_init(&hash);
    sha256_update(&hash, pad, SHA256_BLOCK);
    sha256_update(&hash, data, length);
    sha256_final(&hash, mac);
    for (int i = 0; i < SHA256_BLOCK; i++)
    {
        pad[i] ^= 0x36 ^ 0x5c;
    }
    sha256_init(&hash);
    sha256_update(&hash, pad, SHA256_BLOCK);
    sha256_update(&hash, mac, SHA256_LENGTH);
    sha256_final(&hash, mac);
}

#endif
