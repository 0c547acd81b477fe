package io.countersign.client;

import java.util.concurrent.TimeUnit;

/**
 * Does what an open session needs from time to time: drives Aeron's client, keeps the session alive and notices when it
 * is lost.
 */
final class SessionWatch implements AutoCloseable
{
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Session session;
    private final IngressPublisher publisher;
    private final DriverProcess driverProcess;
    private CountersignClient.State state = CountersignClient.State.CONNECTED;
    private long lastLookNs = System.nanoTime();

    SessionWatch(final Session session, final IngressPublisher publisher)
    {
        this.session = session;
        this.publisher = publisher;
        driverProcess = new DriverProcess(session.aeron());
    }

    CountersignClient.State state()
    {
        return state;
    }

    /** The session is lost, and the loss monitor knows why. */
    void onLoss()
    {
        state = CountersignClient.State.LOST;
    }

    /** Whether the last look is long enough ago; the next one counts from now. */
    boolean isDue(final long nowNs)
    {
        final boolean isDue = nowNs - lastLookNs >= INTERVAL_NS;
        lastLookNs = isDue ? nowNs : lastLookNs;
        return isDue;
    }

    /** Looks whether the session is lost; whose cause is known then. */
    void look(final long nowNs)
    {
        session.aeron().conductorAgentInvoker().invoke();
        final LossMonitor lossMonitor = session.lossMonitor();
        if (session.egress().isClosed())
        {
            lossMonitor.onLoss(LossCause.EGRESS_CLOSED, null);
        }
        else if (driverProcess.hasDied(nowNs))
        {
            lossMonitor.onLoss(LossCause.DRIVER_GONE, "its process has ended");
        }
        else if (null == lossMonitor.cause())
        {
            publisher.keepAlive(nowNs);
        }

        if (null != lossMonitor.cause())
        {
            onLoss();
        }
    }

    @Override
    public void close()
    {
        state = CountersignClient.State.CLOSED;
        driverProcess.close();
    }
}
