package io.countersign.client;

import io.countersign.codecs.wire.SessionEnd;

/**
 * Why a session was lost.
 */
public enum LossCause
{
    /**
     * The gateway closed the session because nothing came from this bot for its idle time-out.
     */
    IDLE("the gateway closed the session: nothing came from this bot for too long"),

    /**
     * The gateway closed the session because the policy in force no longer lets this bot in.
     */
    NOT_GRANTED("the gateway closed the session: the policy in force no longer lets this bot in"),

    /**
     * The gateway stops.
     */
    GATEWAY_STOPPED("the gateway stops"),

    /**
     * The gateway closed the publication that carries the replies: it stops, or has closed this session.
     */
    EGRESS_CLOSED("the gateway closed the session"),

    /**
     * Nobody reads the ingress stream any more.
     */
    INGRESS_CLOSED("the gateway no longer reads requests"),

    /**
     * The media driver inside the gateway process has shut down or gives no sign of life.
     */
    DRIVER_GONE("the gateway process is gone or stands still"),

    /**
     * The bot did not poll for longer than the driver's client liveness time-out (Aeron's default: 10 s).
     */
    NOT_POLLED("the client was not polled for too long, so that the media driver gave it up"),

    /**
     * The transport failed in another way; {@link CountersignClient#lossText()} says how.
     */
    TRANSPORT_FAILED("the transport failed");

    private final String text;

    LossCause(final String text)
    {
        this.text = text;
    }

    static LossCause of(final SessionEnd end)
    {
        return switch (end)
        {
            case IDLE -> IDLE;
            case NOT_GRANTED -> NOT_GRANTED;
            case GATEWAY_STOPPED -> GATEWAY_STOPPED;
            default -> EGRESS_CLOSED;
        };
    }

    /**
     * One line for people.
     *
     * @return one line for people.
     */
    public String text()
    {
        return text;
    }
}
