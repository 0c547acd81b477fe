package io.countersign.ops.venues;

import io.countersign.codecs.wire.Reason;
import io.countersign.ops.venues.Verdict.Kind;
import io.countersign.venues.KeyRule;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.evm.Secp256k1Key;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.Part;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileDescribed;
import io.countersign.venues.profile.ProfileHeader;
import io.countersign.venues.profile.ProfileOperation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Holds a venue to vectors: each is read back into a bot's order, encoded and decoded as on its way to the gateway,
 * written by the venue as in the gateway, signed in software and compared. For one thread.
 */
final class VectorBench
{
    private static final int SAME_WORD = 1;
    private static final int SAME_WORDS = 2;

    private final OrderFrame frame = new OrderFrame();
    private final VenueRequest request = new VenueRequest();
    private final Stamp stamp = new Stamp();
    private final ProfileDescribed venue;
    private final Profile profile;
    private final VectorSigner signer;
    private final int ofVenue;

    /**
     * Construct for a file.
     *
     * @param venue  to hold to them.
     * @param all    vectors of the file: where some are of the venue by its name, the others are not.
     * @param signer signs what the venue writes.
     */
    VectorBench(final ProfileDescribed venue, final List<Vector> all, final VectorSigner signer)
    {
        this.venue = venue;
        this.signer = signer;
        profile = venue.profile();
        ofVenue = all.stream().mapToInt(this::likeness).max().orElse(0);
    }

    /** What comes of a vector. */
    Verdict check(final Vector vector)
    {
        try
        {
            final String why = notDescribed(vector);
            return null != why ? Verdict.notDescribed(vector.id(), why) : isPassphrase(vector) ?
                checkPassphrase(vector) : checkOperations(vector);
        }
        catch (final IllegalArgumentException | GeneralSecurityException ex)
        {
            return Verdict.different(vector.id(), "the vector cannot be used: " + ex.getMessage(), List.of());
        }
    }

    private String notDescribed(final Vector vector)
    {
        if (likeness(vector) < ofVenue && 0 == likeness(vector))
        {
            return "of another venue: " + vector.text("venue");
        }
        if (null == vector.algorithm() || null == venue.keyRule(vector.algorithm()))
        {
            return "the profile takes no keys of " + vector.text("algorithm");
        }
        if (null == vector.payload() && null == vector.text("expected_signature"))
        {
            return "it states neither what is signed nor a signature";
        }
        return vector.hasQueryAndBody() && null == vector.fields().get("order") ?
            "its parameters are partly in the query and partly in the body" : null;
    }

    /** How much of the name of a vector's venue is in what the profile calls itself. */
    private int likeness(final Vector vector)
    {
        final Set<String> words = vector.venueWords();
        final Set<String> own = new HashSet<>(Vector.words(profile.name() + " " + profile.title()));
        final String first = profile.name().split("-")[0];
        return words.isEmpty() ? SAME_WORDS : own.containsAll(words) ? SAME_WORDS :
            words.contains(first) ? SAME_WORD : 0;
    }

    private Verdict checkOperations(final Vector vector) throws GeneralSecurityException
    {
        if (SchemeVector.isOf(venue))
        {
            return SchemeVector.check(vector, this);
        }
        final OperationChoice choice =
            OperationChoice.of(profile, vector, 0 < ofVenue && likeness(vector) == ofVenue || 0 == ofVenue);
        final List<Verdict> verdicts = new ArrayList<>();
        for (final ProfileOperation operation : choice.operations())
        {
            final Verdict verdict = check(vector, operation, choice.isCertain());
            if (Kind.OK == verdict.kind())
            {
                return verdict;
            }
            verdicts.add(verdict);
        }
        if (verdicts.isEmpty())
        {
            return nearest(vector, choice);
        }
        final Verdict likeliest = verdicts.stream().filter(Verdict::isClose).findFirst().orElse(
            choice.isNamed() ? verdicts.getFirst() : verdicts.stream()
            .filter((verdict) -> Kind.DIFFERENT == verdict.kind()).findFirst().orElse(verdicts.getFirst()));
        return Kind.DIFFERENT == likeliest.kind() ? likeliest : Verdict.notDescribed(vector.id(),
            "no operation of the profile writes such a request (" + likeliest.what() + ")");
    }

    /** A vector of this venue that is one of its operations but for a few bytes. */
    private Verdict nearest(final Vector vector, final OperationChoice choice) throws GeneralSecurityException
    {
        final boolean isOther = null != vector.path() || likeness(vector) < ofVenue;
        for (final ProfileOperation operation : isOther ? List.<ProfileOperation>of() : profile.operations())
        {
            final Verdict verdict = check(vector, operation, false);
            final boolean isAt = !PartsPattern.carriesPath(operation.sign()) || null != vector.payload() &&
                contains(vector.payload(), request.path().toString());
            if (verdict.isClose() && isAt)
            {
                return verdict;
            }
        }
        return Verdict.notDescribed(vector.id(), choice.why());
    }

    private Verdict check(final Vector vector, final ProfileOperation operation, final boolean isCertain)
        throws GeneralSecurityException
    {
        final String name = operation.operation().configName();
        Verdict worst = null;
        try
        {
            for (final Values values : new VectorReading(profile, operation, vector).read())
            {
                final Verdict verdict = check(vector, operation, values);
                if (Kind.OK == verdict.kind())
                {
                    return verdict;
                }
                // Where the request could be written, what differs in it says more than why another could not.
                worst = null == worst || worst.details().isEmpty() && !verdict.details().isEmpty() ? verdict : worst;
            }
        }
        catch (final Contradiction ex)
        {
            worst = ex.isFixed() && !isCertain ? Verdict.notDescribed(vector.id(), ex.getMessage()) :
                Verdict.different(vector.id(), name + ": " + ex.getMessage(), List.of());
        }
        return worst;
    }

    private Verdict check(final Vector vector, final ProfileOperation operation, final Values values)
        throws GeneralSecurityException
    {
        final String name = operation.operation().configName();
        try
        {
            final FieldSource missing = Operation.NEW_ORDER != operation.operation() ? null :
                !values.has(FieldSource.SIDE) ? FieldSource.SIDE :
                !values.has(FieldSource.ORDER_TYPE) ? FieldSource.ORDER_TYPE : null;
            if (null != missing)
            {
                return refused(vector, operation, Reason.FIELD_MISSING.value(), missing);
            }
            final VectorKey vectorKey = VectorKey.of(vector);
            final VenueKey key = key(vector, values, null == vectorKey ? null : vectorKey.secp256k1());
            final int reason = venue.build(frame.of(operation.operation(), values.ofOrder()), key, stamp, request);
            if (Reason.NONE.value() != reason)
            {
                return refused(vector, operation, reason,
                    request.faultField() < 0 ? null : FieldSource.of(request.faultField()));
            }
            return new RequestComparison(this, vector, name).compare(key, vectorKey);
        }
        catch (final Contradiction ex)
        {
            return Verdict.different(vector.id(), name + ": " + ex.getMessage(), List.of());
        }
    }

    /** What a profile asks for and nobody signed lies outside of it; anything else contradicts it. */
    private Verdict refused(
        final Vector vector, final ProfileOperation operation, final int reason, final FieldSource source)
    {
        final String field = null == source ? "the request" : source.configName();
        final String name = operation.operation().configName();
        final boolean isMissing = Reason.FIELD_MISSING.value() == reason;
        final byte[] payload = vector.payload();
        final boolean isOutside = isMissing && null != payload && vector.texts("order") == null &&
            operation.fields().stream().noneMatch((known) -> null != known.value() &&
            known.value().source() == source && contains(payload, known.name())) &&
            operation.fields().stream().anyMatch((known) -> null != known.value() &&
            known.value().source() != source && contains(payload, known.name()));
        return isOutside ?
            Verdict.notDescribed(vector.id(), "the profile writes no " + name + " without " + field) :
            Verdict.different(vector.id(), name + ": the profile refuses " + field + " (" + Reason.get(reason) + ")",
                List.of());
    }

    static boolean contains(final byte[] payload, final String name)
    {
        return new String(payload, StandardCharsets.UTF_8).contains(name);
    }

    /** The key as configuration would describe it, and the stamp. */
    VenueKey key(final Vector vector, final Values values, final Secp256k1Key secp256k1) throws Contradiction
    {
        final KeyRule rule = venue.keyRule(vector.algorithm());
        final String passphrase = values.get(FieldSource.PASSPHRASE);
        final String nonce = values.get(FieldSource.NONCE);
        try
        {
            final VenueKey.Builder builder =
                VenueKey.builder(values.get(FieldSource.API_KEY), rule.algorithm(), rule.signature())
                .passphrase(PassphraseUse.NONE == venue.passphrase() ? null : null == passphrase ? "any" : passphrase)
                .parameters(venue.parameters().stream().map(values::parameter).toList())
                .secp256k1(secp256k1);
            long number = 0;
            if (values.hasExampleNonce(venue.nonce()))
            {
                builder.exampleNonce(nonce);
            }
            else if (null != nonce && NonceRule.Kind.UUID == venue.nonce().kind())
            {
                final UUID uuid = UUID.fromString(nonce);
                builder.nonceSeed(uuid.getMostSignificantBits());
                number = uuid.getLeastSignificantBits();
            }
            else if (null != nonce)
            {
                number = Long.parseLong(nonce);
            }
            stamp.set(values.utcNs(), number);
            return builder.build();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new Contradiction("no key can be configured so: " + ex.getMessage());
        }
    }

    ProfileDescribed venue()
    {
        return venue;
    }

    VenueRequest request()
    {
        return request;
    }

    VectorSigner signer()
    {
        return signer;
    }

    Stamp stamp()
    {
        return stamp;
    }

    OrderFrame frame()
    {
        return frame;
    }

    /** Whether what is signed is the passphrase itself, which goes along as its MAC under the same key. */
    private boolean isPassphrase(final Vector vector)
    {
        final String said = vector.operation() + " " + vector.text("scheme");
        return PassphraseUse.MAC == venue.passphrase() && profile.operations().stream()
            .flatMap((operation) -> operation.headers().stream())
            .filter((header) -> header.parts().stream().anyMatch((part) ->
            part instanceof final Part.Value value && FieldSource.PASSPHRASE == value.value().source()))
            .map(ProfileHeader::name).anyMatch(said::contains);
    }

    private Verdict checkPassphrase(final Vector vector) throws GeneralSecurityException
    {
        final VectorKey vectorKey = VectorKey.of(vector);
        if (null == vectorKey || null == vector.payload() || null == vector.text("expected_signature"))
        {
            return Verdict.notDescribed(vector.id(), "it states no key, passphrase or signature");
        }
        final byte[] mac = signer.sign(vector, vectorKey, vector.payload());
        final String written = switch (venue.keyRule(vector.algorithm()).signature())
        {
            case BASE64 -> Base64.getEncoder().encodeToString(mac);
            case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
            default -> HexFormat.of().formatHex(mac);
        };
        final String published = vector.text("expected_signature");
        return written.equals(published) ? Verdict.ok(vector.id(), "passphrase: its MAC") :
            Verdict.different(vector.id(), "passphrase: another MAC", Difference.lines("the MAC",
            published.getBytes(StandardCharsets.UTF_8), written.getBytes(StandardCharsets.UTF_8),
            RequestComparison.secrets(vector)));
    }
}
