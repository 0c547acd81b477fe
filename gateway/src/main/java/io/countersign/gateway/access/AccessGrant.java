package io.countersign.gateway.access;

/**
 * An access token that holds here and now.
 *
 * @param scopes        bits of the wire's {@code Scopes}, at least one.
 * @param expiresNs     UTC nanoseconds since 1970 from which on it holds no more.
 * @param issuer        claim {@code iss}, at most 254 bytes of UTF-8.
 * @param subject       claim {@code sub}, at most 254 bytes of UTF-8.
 * @param accessTokenId claim {@code jti}, at most 254 bytes of UTF-8.
 */
public record AccessGrant(int scopes, long expiresNs, String issuer, String subject, String accessTokenId)
    implements AccessDecision
{
}
