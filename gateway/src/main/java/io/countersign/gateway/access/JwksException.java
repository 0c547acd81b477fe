package io.countersign.gateway.access;

/**
 * A JWKS cannot be used. The message is one line for people: which file or URL, which key, what was expected. It holds
 * nothing of a private key.
 */
public final class JwksException extends Exception
{
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 500;

    /**
     * Construct with the line that is shown to the operator. Control characters and excess length are taken out here.
     *
     * @param message one line.
     */
    public JwksException(final String message)
    {
        super(oneLine(message));
    }

    private static String oneLine(final String message)
    {
        final String line = message.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
