package io.countersign.gateway;

import io.countersign.codecs.journal.TokenState;
import io.countersign.gateway.control.KeySlot;
import io.countersign.gateway.control.TokenControl;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.TokenConnection;
import io.countersign.venues.Region;

import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * Holds the lanes that requests are signed on, one for each token, and records when a token is there and when it is
 * not. For the gateway thread.
 */
final class TokenDesk implements TokenControl
{
    private final GatewayClock clock;
    private final GatewayCounters counters;
    private final LifePublisher lifePublisher;
    private final SigningListener listener;
    private final IntConsumer failInHand;
    private final KeyPlaces keys;
    private final byte[][] names;
    private final SigningLane[] lanes;
    private final boolean[] isReady;

    /** What a lane still has when another takes its place never comes back: failInHand is told its token then. */
    TokenDesk(
        final GatewayContext context,
        final LifePublisher lifePublisher,
        final SigningListener listener,
        final IntConsumer failInHand)
    {
        clock = context.clock();
        counters = context.counters();
        keys = new KeyPlaces(context.keySlots());
        names = context.tokenNames().stream()
            .map((name) -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        lanes = context.lanes().toArray(SigningLane[]::new);
        isReady = new boolean[lanes.length];
        this.lifePublisher = lifePublisher;
        this.listener = listener;
        this.failInHand = failInHand;
    }

    /** The tokens are there at the start of a life. */
    void begin()
    {
        for (int i = 0; i < lanes.length; i++)
        {
            onUseLane(i, lanes[i]);
        }
    }

    /** Whether a key cannot sign now, because the connection to its token is lost. */
    boolean isAway(final int keyIndex)
    {
        return lanes[keys.token(keyIndex)].isBroken();
    }

    /** Another version stands for a key; its lane has it already. */
    void use(final KeySlot slot)
    {
        keys.use(slot);
    }

    boolean isIn(final int keyIndex, final int tokenIndex)
    {
        return tokenIndex == keys.token(keyIndex);
    }

    /** Which connection to its token a key would sign on. */
    int generation(final int keyIndex)
    {
        return lanes[keys.token(keyIndex)].generation();
    }

    /** True when the payload of the request is in the hands of its key's token. */
    boolean submit(final PendingRequest request)
    {
        final int keyIndex = request.keyIndex();
        final Region payload = request.venueRequest().payload();
        return lanes[keys.token(keyIndex)].submit(
            request.slot(), keys.place(keyIndex), payload.buffer(), payload.offset(), payload.length());
    }

    int poll()
    {
        int completed = 0;
        for (final SigningLane lane : lanes)
        {
            completed += lane.poll(listener);
        }
        return completed;
    }

    @Override
    public void onUseLane(final int tokenIndex, final SigningLane newLane)
    {
        lanes[tokenIndex].poll(listener);
        failInHand.accept(tokenIndex);
        lanes[tokenIndex] = newLane;
        isReady[tokenIndex] = true;
        lifePublisher.tokenChanged(
            TokenState.READY, newLane.generation(), 0, names[tokenIndex], clock.monotonicNs());
        counters.tokens().connected(tokenIndex, newLane.generation());
    }

    @Override
    public void onLoseLane(final int tokenIndex, final TokenConnection connection)
    {
        connection.retireLane();
        loseTokenIfBroken(tokenIndex, 0, clock.monotonicNs());
    }

    /** The lane stays: it takes no more, but others that it has may come back yet. */
    void loseIfBroken(final int keyIndex, final long returnValue, final long lostNs)
    {
        loseTokenIfBroken(keys.token(keyIndex), returnValue, lostNs);
    }

    private void loseTokenIfBroken(final int tokenIndex, final long returnValue, final long lostNs)
    {
        final SigningLane lane = lanes[tokenIndex];
        if (isReady[tokenIndex] && lane.isBroken())
        {
            isReady[tokenIndex] = false;
            lifePublisher.tokenChanged(TokenState.LOST, lane.generation(), returnValue, names[tokenIndex], lostNs);
            counters.tokens().lost(tokenIndex);
        }
    }
}
