package io.countersign.client;

/**
 * What an access token has put into force.
 *
 * @param scopes    bits of the wire's {@code Scopes}: query 1, trade 2, cancel 4, login 8, transfer 16, withdraw 32.
 * @param expiresNs UTC nanoseconds since 1970 at which they lapse.
 */
public record GrantedScopes(int scopes, long expiresNs)
{
}
