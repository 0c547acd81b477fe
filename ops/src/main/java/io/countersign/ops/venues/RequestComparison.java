package io.countersign.ops.venues;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.KeyRule;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares a request that a venue has built with what a vector states of it.
 */
final class RequestComparison
{
    private final List<String> equal = new ArrayList<>();
    private final VectorBench bench;
    private final VenueRequest request;
    private final Vector vector;
    private final String name;
    private final List<String> secrets;

    RequestComparison(final VectorBench bench, final Vector vector, final String name)
    {
        this.bench = bench;
        this.vector = vector;
        this.name = name;
        request = bench.request();
        secrets = secrets(vector);
    }

    /** What must not be printed. */
    static List<String> secrets(final Vector vector)
    {
        final List<String> secrets = new ArrayList<>();
        if (null != vector.text("key"))
        {
            secrets.add(vector.text("key"));
        }
        if (null != vector.text("passphrase"))
        {
            secrets.add(vector.text("passphrase"));
        }
        return secrets;
    }

    Verdict compare(final VenueKey key, final VectorKey vectorKey) throws GeneralSecurityException
    {
        final byte[] payload = new byte[request.payload().length()];
        // As a token would read it: at its address.
        new UnsafeBuffer(request.payloadAddress(), payload.length).getBytes(0, payload);
        final byte[] signed = SchemeVector.signed(vector);
        if (null != signed)
        {
            if (!Arrays.equals(signed, payload))
            {
                final List<String> lines = Difference.lines("what is signed", signed, payload, secrets);
                final String what = name + ": other bytes are signed";
                return Difference.isSmall(signed, payload) ? Verdict.close(vector.id(), what, lines) :
                    Verdict.different(vector.id(), what, lines);
            }
            equal.add(payload.length + " signed bytes");
        }
        Verdict verdict = null == vectorKey || null == vector.text("expected_signature") ?
            null : signature(key, vectorKey, payload);
        if (null == verdict && !SchemeVector.isOf(bench.venue()) && null == vector.texts("order"))
        {
            verdict = pieces();
        }
        return null != verdict ? verdict : Verdict.ok(vector.id(), name + ": " + String.join(", ", equal));
    }

    /** Null when it is the one that was published, or as good. */
    private Verdict signature(final VenueKey key, final VectorKey vectorKey, final byte[] payload)
        throws GeneralSecurityException
    {
        final KeyRule rule = bench.venue().keyRule(vector.algorithm());
        final String published = vector.text("expected_signature");
        final String complaint = vectorKey.complaint(rule.secret());
        if (null != complaint)
        {
            return Verdict.close(vector.id(), name + ": " + complaint, List.of());
        }
        final UnsafeBuffer signature = new UnsafeBuffer(bench.signer().sign(vector, vectorKey, payload));
        final int reason = bench.venue().finish(request, key, signature, 0, signature.capacity());
        if (Reason.NONE.value() != reason)
        {
            return Verdict.close(
                vector.id(), name + ": the signature is refused (" + Reason.get(reason) + ")", List.of());
        }
        final String written = request.signature().toString();
        final boolean isEqual = written.equals(published);
        if (!isEqual && !(vectorKey.isRandomised() &&
            vectorKey.isSignature(payload, published, rule.signature()) &&
            vectorKey.isSignature(payload, written, rule.signature())))
        {
            return Verdict.close(vector.id(), name + ": another signature",
                Difference.lines("the signature", utf8(published), utf8(written), secrets));
        }
        equal.add(vector.algorithm().configName() + " signature" +
            (isEqual ? "" : " (randomised: both are the key's)"));
        return null == vector.text("framed_message") ? null :
            piece("message", vector.text("framed_message").replace('|', '\u0001'), request.body().toString());
    }

    /** Null when they are equal. */
    private Verdict pieces()
    {
        Verdict verdict = null;
        // What is signed, and was compared, may be another path than the one that is sent.
        if (null != vector.path() && !request.path().toString().endsWith(vector.path()))
        {
            verdict = piece("path", vector.path(), request.path().toString());
        }
        if (null == verdict && null != vector.query() && !request.query().toString().startsWith(vector.query() + "&"))
        {
            verdict = piece("query", vector.query(), request.query().toString());
        }
        return null == verdict && null != vector.text("body") ?
            piece("body", vector.text("body"), request.body().toString()) : verdict;
    }

    private Verdict piece(final String what, final String stated, final String written)
    {
        if (stated.equals(written))
        {
            equal.add(what);
            return null;
        }
        return Verdict.close(vector.id(), name + ": another " + what,
            Difference.lines("the " + what, utf8(stated), utf8(written), secrets));
    }

    private static byte[] utf8(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
