package io.countersign.venues;

/**
 * The fields of an {@link Order} that only a log-on has; absent in all others. {@link OrderAdapter} fills it.
 */
public final class LoginFields
{
    private final Region senderCompId = new Region();
    private final Region targetCompId = new Region();

    // Written by OrderAdapter alone.
    int messageSequence;

    LoginFields()
    {
        reset();
    }

    void reset()
    {
        messageSequence = Order.NULL_INT;
        senderCompId.reset();
        targetCompId.reset();
    }

    /**
     * Sequence number of a FIX log-on.
     *
     * @return the field, or {@link Order#NULL_INT}.
     */
    public int messageSequence()
    {
        return messageSequence;
    }

    /**
     * Who logs on to a FIX session.
     *
     * @return the text.
     */
    public Region senderCompId()
    {
        return senderCompId;
    }

    /**
     * Whose FIX session is logged on to.
     *
     * @return the text.
     */
    public Region targetCompId()
    {
        return targetCompId;
    }
}
