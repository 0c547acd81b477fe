package io.countersign.gateway.access;

import com.nimbusds.jose.util.Base64URL;
import io.countersign.gateway.config.AccessIssuerConfig;
import io.countersign.gateway.json.JsonException;
import io.countersign.gateway.json.StrictJson;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Checks access tokens: JWT in compact form, signed, with the profile of RFC 9068. The signature is checked before any
 * claim is looked at, with the key and the algorithm that the JWKS gives to the token's {@code kid}. For one thread,
 * which is not the gateway's: a check takes some hundred microseconds and allocates.
 */
public final class AccessTokenVerifier
{
    /** Longest access token in bytes. */
    public static final int MAX_LENGTH = 3_500;

    private static final List<String> ALGORITHMS = List.of("RS256", "ES256", "EdDSA");
    private static final List<String> TYPES = List.of("at+jwt", "application/at+jwt");
    private static final List<String> REFUSED_PARAMETERS =
        List.of("crit", "jwk", "jku", "x5u", "b64", "cty", "enc", "zip");
    private static final int HEADER = 0;
    private static final int CLAIMS = 1;
    private static final int SIGNATURE = 2;
    private static final int PARTS = 3;

    private final Supplier<JwkSet> keys;
    private final AccessIssuerConfig config;

    /**
     * Construct.
     *
     * @param config what is expected of an access token.
     * @param keys   gives the keys in force, on the thread that verifies.
     */
    public AccessTokenVerifier(final AccessIssuerConfig config, final Supplier<JwkSet> keys)
    {
        this.config = config;
        this.keys = keys;
    }

    /**
     * Check an access token. Throws nothing, whatever the bytes are.
     *
     * @param compactJwt      as it was presented.
     * @param expectedSubject {@code sub} of whoever presents it.
     * @param utcNs           UTC nanoseconds since 1970: now.
     * @return a grant, or a refusal that says why.
     */
    public AccessDecision verify(final byte[] compactJwt, final String expectedSubject, final long utcNs)
    {
        try
        {
            final byte[][] parts = parts(compactJwt);
            final VerificationKey key = key(object(parts[HEADER], "header"));
            final byte[] signature = decoded(parts[SIGNATURE], "signature");
            final int signedLength = parts[HEADER].length + 1 + parts[CLAIMS].length;
            if (!key.isSignature(Arrays.copyOf(compactJwt, signedLength), Base64URL.encode(signature)))
            {
                throw new Claims.RefusedException("signature does not fit the key of kid");
            }
            return grant(new Claims(object(parts[CLAIMS], "claims")), expectedSubject, utcNs);
        }
        catch (final Claims.RefusedException ex)
        {
            return new AccessRefusal(ex.getMessage());
        }
    }

    private static byte[][] parts(final byte[] compactJwt) throws Claims.RefusedException
    {
        if (MAX_LENGTH < compactJwt.length)
        {
            throw new Claims.RefusedException("longer than " + MAX_LENGTH + " bytes");
        }
        final byte[][] parts = new byte[PARTS][];
        int count = 0;
        int start = 0;
        for (int i = 0; i <= compactJwt.length; i++)
        {
            if (i == compactJwt.length || '.' == compactJwt[i])
            {
                if (count < PARTS)
                {
                    parts[count] = Arrays.copyOfRange(compactJwt, start, i);
                }
                count++;
                start = i + 1;
            }
        }
        if (PARTS != count)
        {
            throw new Claims.RefusedException("not a signed JWT in compact form: expected three parts");
        }
        return parts;
    }

    private static byte[] decoded(final byte[] part, final String name) throws Claims.RefusedException
    {
        final byte[] bytes = StrictBase64.decode(part);
        if (null == bytes)
        {
            throw new Claims.RefusedException(name + " is not base64url without padding");
        }
        return bytes;
    }

    private static Map<String, Object> object(final byte[] part, final String name) throws Claims.RefusedException
    {
        try
        {
            return StrictJson.object(decoded(part, name));
        }
        catch (final JsonException ex)
        {
            throw new Claims.RefusedException(
                ex.isDuplicate() ? name + " has a member twice" : name + " is not a JSON object");
        }
    }

    private VerificationKey key(final Map<String, Object> header) throws Claims.RefusedException
    {
        for (final String parameter : REFUSED_PARAMETERS)
        {
            if (header.containsKey(parameter))
            {
                throw new Claims.RefusedException("header has " + parameter + ", which is not taken");
            }
        }
        if (!(header.get("typ") instanceof final String type) || TYPES.stream().noneMatch(type::equalsIgnoreCase))
        {
            throw new Claims.RefusedException("typ is not at+jwt");
        }
        if (!(header.get("alg") instanceof final String algorithm) || !ALGORITHMS.contains(algorithm))
        {
            throw new Claims.RefusedException("alg is not RS256, ES256 or EdDSA");
        }
        if (!(header.get("kid") instanceof final String kid))
        {
            throw new Claims.RefusedException("kid is missing");
        }
        final VerificationKey key = keys.get().get(kid);
        if (null == key)
        {
            throw new Claims.RefusedException("kid is not that of a key in force");
        }
        if (!key.algorithm().getName().equals(algorithm))
        {
            throw new Claims.RefusedException("alg is not that of the key of kid");
        }
        return key;
    }

    private AccessGrant grant(final Claims claims, final String expectedSubject, final long utcNs)
        throws Claims.RefusedException
    {
        if (!config.issuer().equals(claims.text("iss")))
        {
            throw new Claims.RefusedException("iss is not the one of the configuration");
        }
        if (!claims.texts("aud").contains(config.audience()))
        {
            throw new Claims.RefusedException("aud does not hold the one of the configuration");
        }
        final String subject = claims.shortText("sub");
        if (!subject.equals(expectedSubject))
        {
            throw new Claims.RefusedException("sub is not that of the principal");
        }
        claims.text("client_id");
        if (claims.has("cnf"))
        {
            throw new Claims.RefusedException("cnf binds it to a key, of which no proof can be given here");
        }
        final long expiresNs = checkTimes(claims, utcNs);
        final int scopes = ScopeClaim.mask(claims.text("scope"));
        if (0 == scopes)
        {
            throw new Claims.RefusedException("scope names nothing that is known here");
        }
        return new AccessGrant(scopes, expiresNs, config.issuer(), subject, claims.shortText("jti"));
    }

    /** All sums stay far below the end of a long: {@link Claims#timeNs} is at most the year 2262. */
    private long checkTimes(final Claims claims, final long utcNs) throws Claims.RefusedException
    {
        final long expiresNs = claims.timeNs("exp");
        final long issuedNs = claims.timeNs("iat");
        final long latestNs = utcNs + config.clockSkewNs();
        if (expiresNs <= utcNs)
        {
            throw new Claims.RefusedException("exp has passed");
        }
        if (latestNs < issuedNs)
        {
            throw new Claims.RefusedException("iat is yet to come");
        }
        if (claims.has("nbf") && latestNs < claims.timeNs("nbf"))
        {
            throw new Claims.RefusedException("nbf is yet to come");
        }
        if (config.maxLifetimeNs() < expiresNs - issuedNs)
        {
            throw new Claims.RefusedException("exp is further from iat than the configuration allows");
        }
        return expiresNs;
    }
}
