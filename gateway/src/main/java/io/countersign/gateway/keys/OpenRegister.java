package io.countersign.gateway.keys;

import io.countersign.gateway.config.RegisterConfig;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.gateway.register.RegisterFile;
import io.countersign.gateway.register.RegisterLock;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenException;

/**
 * A register that is open: authentic, the latest that anybody knows of, and locked. It is read and saved by one thread
 * at a time, which is that of the token with the register key: the start, then the token's agent.
 */
public final class OpenRegister implements AutoCloseable
{
    private final RegisterLock lock;
    private final AnchorInToken anchor;
    private TokenConnection connection;
    private RegisterFile file;

    private OpenRegister(final RegisterConfig config, final TokenConnection connection) throws RegisterException
    {
        lock = RegisterLock.acquire(config.file());
        anchor = new AnchorInToken(config.token());
        this.connection = connection;
    }

    /**
     * Open a register.
     *
     * @param config     says where it is.
     * @param connection to the token that has the register key.
     * @param history    what the journal knows of it.
     * @return the register.
     * @throws RegisterException when it is edited, rolled back, missing or in use: which entry, where that can be told.
     */
    public static OpenRegister open(
        final RegisterConfig config, final TokenConnection connection, final RegisterHistory history)
        throws RegisterException
    {
        final OpenRegister open = new OpenRegister(config, connection);
        boolean isOpen = false;
        try
        {
            open.file = RegisterFile.open(config.file(), open::seal);
            open.anchor.check(open.file, connection, history.changedAfter(open.register().generation()));
            history.check(open.file);
            isOpen = true;
            return open;
        }
        finally
        {
            if (!isOpen)
            {
                open.close();
            }
        }
    }

    /**
     * Make the first file of a register.
     *
     * @param config     says where it is to be.
     * @param connection to the token that has the register key.
     * @param first      its entries.
     * @param utcMs      milliseconds since 1970.
     * @throws RegisterException when there is one, or was one by what the token knows.
     */
    public static void create(
        final RegisterConfig config, final TokenConnection connection, final Register first, final long utcMs)
        throws RegisterException
    {
        try (OpenRegister open = new OpenRegister(config, connection))
        {
            open.file = RegisterFile.create(config.file(), open::seal, open.lock, first, utcMs);
            open.anchor.check(open.file, connection);
        }
    }

    /**
     * What the file says.
     *
     * @return the snapshot that was read or saved last.
     */
    public Register register()
    {
        return file.register();
    }

    /** Replaces the file by the next generation and brings the token up to it. */
    Register save(final Register next, final TokenConnection now, final long utcMs) throws RegisterException
    {
        connection = now;
        // One that failed between file and anchor before is brought up first, or the next would be two ahead.
        anchor.check(file, now);
        final Register saved = file.save(next, lock, utcMs);
        anchor.check(file, now);
        return saved;
    }

    /** Lets another process have it. */
    @Override
    public void close()
    {
        lock.close();
    }

    private byte[] seal(final byte[] text) throws RegisterException
    {
        try
        {
            return connection.registerKey().tag(text);
        }
        catch (final TokenException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }
}
