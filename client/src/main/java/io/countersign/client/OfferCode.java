package io.countersign.client;

/**
 * What {@link Request#offer()} answers instead of a request id. None of the requests so answered was sent.
 */
public final class OfferCode
{
    /**
     * The gateway does not keep up: offer again later.
     */
    public static final long BACK_PRESSURED = -1;

    /**
     * The session is lost: connect again.
     */
    public static final long NOT_CONNECTED = -2;

    /**
     * The client is closed.
     */
    public static final long CLOSED = -3;

    /**
     * As many requests as the context or the gateway allows wait for their reply: poll and offer again.
     */
    public static final long TOO_MANY_IN_FLIGHT = -4;

    /**
     * A text or decimal is outside its range, see {@link Request#invalidField()}.
     */
    public static final long FIELD_OUT_OF_RANGE = -5;

    /**
     * The frame is longer than the gateway reads.
     */
    public static final long FRAME_TOO_LONG = -6;

    /**
     * The request was sent before: take a new one from the client.
     */
    public static final long REQUEST_SPENT = -7;

    /**
     * A request with this id waits for its reply in this session.
     */
    public static final long REQUEST_IN_FLIGHT = -8;

    private OfferCode()
    {
    }

    /**
     * Says a code in words.
     *
     * @param code as returned by {@link Request#offer()}.
     * @return one line for people.
     */
    public static String text(final long code)
    {
        if (code > 0)
        {
            return "sent as request " + code;
        }

        return switch ((int) code)
        {
            case (int) BACK_PRESSURED -> "not sent: the gateway does not keep up; offer again later";
            case (int) NOT_CONNECTED -> "not sent: the session is lost; connect again";
            case (int) CLOSED -> "not sent: the client is closed";
            case (int) TOO_MANY_IN_FLIGHT -> "not sent: too many requests wait for their reply; poll and offer again";
            case (int) FIELD_OUT_OF_RANGE -> "not sent: a field is outside its range";
            case (int) FRAME_TOO_LONG -> "not sent: the frame is longer than the gateway reads";
            case (int) REQUEST_SPENT -> "not sent: the request was sent before; take a new one from the client";
            case (int) REQUEST_IN_FLIGHT -> "not sent: a request with this id waits for its reply";
            default -> "unknown code " + code;
        };
    }
}
