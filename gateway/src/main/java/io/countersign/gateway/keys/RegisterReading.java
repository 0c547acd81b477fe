package io.countersign.gateway.keys;

import io.countersign.gateway.config.RegisterConfig;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterAnchor;
import io.countersign.gateway.register.RegisterException;
import io.countersign.gateway.register.RegisterFile;
import io.countersign.gateway.register.RegisterMark;
import io.countersign.hsm.RegisterKey;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;

import java.util.List;

/**
 * Reads a register beside the gateway that may be running on it: seal and tags are checked, and the token's anchor,
 * without the lock and without writing anything. What the gateway has recorded in its journal and not saved yet is not
 * seen.
 */
public final class RegisterReading
{
    /** A gateway that saves between reading the anchor and reading the file makes one look older than the other. */
    private static final int TRIES = 4;

    private RegisterReading()
    {
    }

    /**
     * Read a register.
     *
     * @param config    says where it is.
     * @param inventory of the token that has the register key.
     * @return what the file says.
     * @throws RegisterException when it is missing, edited or rolled back.
     * @throws TokenException    when the register key is not what it should be.
     */
    public static Register read(final RegisterConfig config, final TokenInventory inventory)
        throws RegisterException, TokenException
    {
        final RegisterKey key = inventory.registerKey(config.key());
        RegisterException complaint = null;
        for (int i = 0; i < TRIES; i++)
        {
            final RegisterFile file = RegisterFile.open(config.file(), (text) -> seal(key, text));
            try
            {
                if (null != inventory.newestRegister())
                {
                    file.checkAnchor(new ReadAnchor(config.token(), inventory), List.of());
                }
                return file.register();
            }
            catch (final RegisterException ex)
            {
                complaint = ex;
            }
        }
        throw complaint;
    }

    private static byte[] seal(final RegisterKey key, final byte[] text) throws RegisterException
    {
        try
        {
            return key.tag(text);
        }
        catch (final TokenException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }

    /** The anchor in the token, which the gateway alone brings up. */
    private record ReadAnchor(String tokenName, TokenInventory inventory) implements RegisterAnchor
    {
        @Override
        public String name()
        {
            return "the token " + tokenName;
        }

        @Override
        public RegisterMark read() throws RegisterException
        {
            try
            {
                return AnchorInToken.markOf(inventory.newestRegister());
            }
            catch (final TokenException ex)
            {
                throw new RegisterException(ex.getMessage(), ex);
            }
        }

        @Override
        public void write(final RegisterMark mark)
        {
            // Reading leaves the token as it is.
        }
    }
}
