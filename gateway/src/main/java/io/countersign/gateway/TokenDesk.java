package io.countersign.gateway;

import io.countersign.codecs.journal.TokenState;
import io.countersign.gateway.control.TokenControl;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.TokenConnection;

import java.nio.charset.StandardCharsets;

/**
 * Holds the lane that requests are signed on, and records when the token is there and when it is not. For the gateway
 * thread.
 */
final class TokenDesk implements TokenControl
{
    private final GatewayClock clock;
    private final GatewayCounters counters;
    private final LifePublisher lifePublisher;
    private final SigningListener listener;
    private final Runnable failInHand;
    private final byte[] tokenLabel;
    private SigningLane lane;
    private boolean isReady;

    /** What a lane still has when another takes its place never comes back: failInHand is told then. */
    TokenDesk(
        final GatewayContext context,
        final LifePublisher lifePublisher,
        final SigningListener listener,
        final Runnable failInHand)
    {
        clock = context.clock();
        counters = context.counters();
        tokenLabel = context.tokenLabel().getBytes(StandardCharsets.UTF_8);
        lane = context.lane();
        this.lifePublisher = lifePublisher;
        this.listener = listener;
        this.failInHand = failInHand;
    }

    SigningLane lane()
    {
        return lane;
    }

    int poll()
    {
        return lane.poll(listener);
    }

    @Override
    public void onUseLane(final SigningLane newLane)
    {
        lane.poll(listener);
        failInHand.run();
        lane = newLane;
        isReady = true;
        lifePublisher.tokenChanged(TokenState.READY, newLane.generation(), 0, tokenLabel, clock.monotonicNs());
        counters.tokenGeneration().setRelease(newLane.generation());
        counters.tokenReady().setRelease(1);
    }

    @Override
    public void onLoseLane(final TokenConnection connection)
    {
        connection.retireLane();
        loseIfBroken(0, clock.monotonicNs());
    }

    /** The lane stays: it takes no more, but others that it has may come back yet. */
    void loseIfBroken(final long returnValue, final long lostNs)
    {
        if (isReady && lane.isBroken())
        {
            isReady = false;
            lifePublisher.tokenChanged(TokenState.LOST, lane.generation(), returnValue, tokenLabel, lostNs);
            counters.tokenReady().setRelease(0);
        }
    }
}
