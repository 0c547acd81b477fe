package io.countersign.hsm;

import java.nio.file.Path;

/**
 * A token that an operator's command has logged in to, for as long as it takes.
 * One thread at a time.
 */
final class TokenLogin implements AutoCloseable
{
    private final CryptokiModule module;
    private final TokenSession session;
    private boolean closed;

    private TokenLogin(final CryptokiModule module, final TokenSession session)
    {
        this.module = module;
        this.session = session;
    }

    /**
     * Log in as the user.
     *
     * @param modulePath  of the PKCS#11 library.
     * @param tokenLabel  of the token.
     * @param tokenSerial of the token, or null for any.
     * @param pin         of the user.
     * @param quirksFile  see {@link TokenConnector.Context#quirksFile(Path)}; may be null.
     * @return a login, to be closed.
     * @throws TokenException when there is no such token, or it refuses the login.
     */
    static TokenLogin open(
        final Path modulePath,
        final String tokenLabel,
        final String tokenSerial,
        final PinSource pin,
        final Path quirksFile) throws TokenException
    {
        final QuirksFile quirks = QuirksFile.load(quirksFile);
        final CryptokiModule module = CryptokiModule.acquire(modulePath, quirks);
        TokenSession session = null;
        boolean isOpen = false;
        try
        {
            session = TokenSession.open(module, TokenSlot.select(module, tokenLabel, tokenSerial, quirks));
            session.loginUser(pin);
            isOpen = true;
            return new TokenLogin(module, session);
        }
        finally
        {
            if (!isOpen)
            {
                close(module, session);
            }
        }
    }

    TokenSession session()
    {
        return session;
    }

    /** Closes the session, and finalises the module when no one else in this process uses it. */
    @Override
    public void close()
    {
        if (!closed)
        {
            closed = true;
            close(module, session);
        }
    }

    /** Where there may be no session yet. */
    static void close(final CryptokiModule module, final TokenSession sessionOrNull)
    {
        if (null != sessionOrNull)
        {
            sessionOrNull.close();
        }
        module.release();
    }
}
