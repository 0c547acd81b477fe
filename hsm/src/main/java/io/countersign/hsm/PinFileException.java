package io.countersign.hsm;

/**
 * A PIN cannot be read from its file; the token was not asked.
 */
public final class PinFileException extends TokenException
{
    private static final long serialVersionUID = 1L;

    PinFileException(final String message)
    {
        super(message);
    }
}
