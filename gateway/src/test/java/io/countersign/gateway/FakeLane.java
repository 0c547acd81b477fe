package io.countersign.gateway;

import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A token whose signature is the SHA-256 of the payload. Completes at once, as an inline lane does, or when the test
 * says so and in the order that it says, as lanes on threads of their own do.
 */
final class FakeLane implements SigningLane
{
    static final long DEVICE_ERROR = 0x30;

    private final List<Submitted> inToken = new ArrayList<>();
    private final List<Submitted> completed = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private final int generation;
    private final boolean isInline;
    private Consumer<Submitted> onSubmit = (submitted) ->
    {
    };
    private boolean refusesNext;
    private boolean failsNext;
    private boolean isBroken;

    FakeLane(final int generation, final boolean isInline)
    {
        this.generation = generation;
        this.isInline = isInline;
    }

    @Override
    public boolean submit(
        final long correlationId, final int keyIndex, final DirectBuffer payload, final int offset, final int length)
    {
        if (isBroken || refusesNext || isInline && !completed.isEmpty() || null != payload.byteArray())
        {
            refusesNext = false;
            return false;
        }
        final byte[] bytes = new byte[length];
        payload.getBytes(offset, bytes);
        payloads.add(bytes);
        final Submitted submitted = new Submitted(correlationId, keyIndex, Reply.sha256(bytes), failsNext);
        if (failsNext)
        {
            failsNext = false;
            isBroken = isInline;
        }
        (isInline ? completed : inToken).add(submitted);
        onSubmit.accept(submitted);
        return true;
    }

    @Override
    public int poll(final SigningListener listener)
    {
        if (completed.isEmpty())
        {
            return 0;
        }
        final List<Submitted> delivered = List.copyOf(completed);
        completed.clear();
        for (final Submitted one : delivered)
        {
            if (one.fails)
            {
                isBroken = true;
                listener.onSigningFailed(one.correlationId, DEVICE_ERROR);
            }
            else
            {
                listener.onSigned(one.correlationId, new UnsafeBuffer(one.signature), 0, one.signature.length);
            }
        }
        return delivered.size();
    }

    @Override
    public int generation()
    {
        return generation;
    }

    @Override
    public boolean isBroken()
    {
        return isBroken;
    }

    void refuseNext()
    {
        refusesNext = true;
    }

    void failNext()
    {
        failsNext = true;
    }

    /** It takes no more, as when its connection was closed. */
    void retire()
    {
        isBroken = true;
    }

    void onSubmit(final Consumer<Submitted> onSubmit)
    {
        this.onSubmit = onSubmit;
    }

    /** The token answers one of those that it has. */
    void complete(final int index)
    {
        completed.add(inToken.remove(index));
    }

    int inToken()
    {
        return inToken.size();
    }

    List<byte[]> payloads()
    {
        return payloads;
    }

    record Submitted(long correlationId, int keyIndex, byte[] signature, boolean fails)
    {
    }
}
