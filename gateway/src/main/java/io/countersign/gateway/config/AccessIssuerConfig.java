package io.countersign.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How access tokens are checked.
 *
 * @param issuer       that {@code iss} must be, at most 254 bytes.
 * @param audience     that {@code aud} must hold.
 * @param jwksFile     the issuer's public keys.
 * @param jwksUrl      where a process of its own fetches that file from, or null: others keep it.
 * @param jwksCommand  command of that process and its first arguments, or empty: the installation's own.
 * @param clockSkewS   seconds that {@code nbf} and {@code iat} may lie ahead.
 * @param maxLifetimeS most seconds from {@code iat} to {@code exp}.
 */
public record AccessIssuerConfig(
    String issuer,
    String audience,
    Path jwksFile,
    URI jwksUrl,
    List<String> jwksCommand,
    int clockSkewS,
    int maxLifetimeS)
{
    /**
     * How far {@code nbf} and {@code iat} may lie ahead.
     *
     * @return nanoseconds.
     */
    public long clockSkewNs()
    {
        return TimeUnit.SECONDS.toNanos(clockSkewS);
    }

    /**
     * Longest time from {@code iat} to {@code exp}.
     *
     * @return nanoseconds.
     */
    public long maxLifetimeNs()
    {
        return TimeUnit.SECONDS.toNanos(maxLifetimeS);
    }
}
