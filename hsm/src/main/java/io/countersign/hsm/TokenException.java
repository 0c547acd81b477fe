package io.countersign.hsm;

/**
 * A token could not be used as configured. The message is one line for people: what happened, with which module, token
 * or key, and what to do. It never holds a PIN or any key material.
 */
public sealed class TokenException extends Exception permits PinFileException
{
    private static final long serialVersionUID = 1L;

    private final long returnValue;

    /**
     * A refusal that did not come from the token.
     *
     * @param message one line for people.
     */
    public TokenException(final String message)
    {
        this(message, ReturnValue.OK);
    }

    /**
     * A refusal with the return value of a PKCS#11 function.
     *
     * @param message     one line for people, which should name the return value.
     * @param returnValue a {@code CKR_} value, or 0.
     */
    public TokenException(final String message, final long returnValue)
    {
        super(message);
        this.returnValue = returnValue;
    }

    /**
     * The return value of the PKCS#11 function that failed.
     *
     * @return a {@code CKR_} value, or 0 when no such function failed.
     */
    public long returnValue()
    {
        return returnValue;
    }
}
