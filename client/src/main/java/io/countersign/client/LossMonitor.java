package io.countersign.client;

import io.aeron.Image;
import io.aeron.exceptions.ClientTimeoutException;
import io.aeron.exceptions.ConductorServiceTimeoutException;
import io.aeron.exceptions.DriverTimeoutException;
import org.agrona.ErrorHandler;

/**
 * Remembers the first thing that ended the connection. Aeron's own handler would print a stack trace and end the bot's
 * process; here an error of the transport becomes a state of the client.
 */
final class LossMonitor implements ErrorHandler
{
    private LossCause cause;
    private String text;

    @Override
    public void onError(final Throwable throwable)
    {
        onLoss(causeOf(throwable), throwable.getMessage());
    }

    void onLoss(final LossCause newCause, final String detail)
    {
        if (null == cause)
        {
            cause = newCause;
            text = null == detail ? newCause.text() : newCause.text() + ": " + firstLine(detail);
        }
    }

    /** Looks whether the connection has ended without anybody's saying so; true once it has ended in any way. */
    boolean check(final Image egress, final DriverProcess driverProcess, final long nowNs)
    {
        if (egress.isClosed())
        {
            onLoss(LossCause.EGRESS_CLOSED, null);
        }
        else if (driverProcess.hasDied(nowNs))
        {
            onLoss(LossCause.DRIVER_GONE, "its process has ended");
        }

        return null != cause;
    }

    LossCause cause()
    {
        return cause;
    }

    String text()
    {
        return text;
    }

    static String firstLine(final String text)
    {
        final int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static LossCause causeOf(final Throwable throwable)
    {
        return switch (throwable)
        {
            case DriverTimeoutException _ -> LossCause.DRIVER_GONE;
            case ConductorServiceTimeoutException _ -> LossCause.NOT_POLLED;
            case ClientTimeoutException _ -> LossCause.NOT_POLLED;
            default -> LossCause.TRANSPORT_FAILED;
        };
    }
}
