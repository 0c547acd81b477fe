package io.countersign.gateway.json;

/**
 * A text is not the strict JSON that is read here. The message names a place and never holds anything of the text.
 */
public final class JsonException extends Exception
{
    private static final long serialVersionUID = 1L;

    private final boolean isDuplicate;

    JsonException(final String message, final boolean isDuplicate)
    {
        super(message);
        this.isDuplicate = isDuplicate;
    }

    /**
     * Whether the text is sound but for a member that stands twice in one object.
     *
     * @return true when that is all that is wrong so far.
     */
    public boolean isDuplicate()
    {
        return isDuplicate;
    }
}
