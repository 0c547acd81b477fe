package io.countersign.client;

/**
 * Why a session was lost.
 */
public enum LossCause
{
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
