package io.countersign.gateway.keys;

import io.countersign.gateway.register.RegisterAnchor;
import io.countersign.gateway.register.RegisterException;
import io.countersign.gateway.register.RegisterFile;
import io.countersign.gateway.register.RegisterMark;
import io.countersign.hsm.TokenAnchor;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenException;

import java.util.HexFormat;
import java.util.List;

/**
 * What the token with the register key knows of the register's file, where it can keep such an object. On the thread of
 * that token's connection.
 */
final class AnchorInToken
{
    private final String tokenName;

    AnchorInToken(final String tokenName)
    {
        this.tokenName = tokenName;
    }

    /** Refuses a file that is older than the token knows, and brings the token up to one that is newer by one. */
    void check(final RegisterFile file, final TokenConnection connection) throws RegisterException
    {
        check(file, connection, List.of());
    }

    void check(final RegisterFile file, final TokenConnection connection, final List<String> newer)
        throws RegisterException
    {
        final TokenAnchor object = connection.tokenAnchor();
        if (isSupported(object))
        {
            file.checkAnchor(new ByObject(object), newer);
        }
    }

    /** What the object says, null where it says nothing. */
    static RegisterMark markOf(final TokenAnchor.Entry entry)
    {
        return null == entry ?
            null : new RegisterMark(entry.generation(), HexFormat.of().formatHex(entry.digest()));
    }

    private static boolean isSupported(final TokenAnchor object) throws RegisterException
    {
        try
        {
            return object.isSupported();
        }
        catch (final TokenException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }

    /** The object as an anchor. */
    private final class ByObject implements RegisterAnchor
    {
        private final TokenAnchor object;

        ByObject(final TokenAnchor object)
        {
            this.object = object;
        }

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
                return markOf(object.read());
            }
            catch (final TokenException ex)
            {
                throw new RegisterException(ex.getMessage(), ex);
            }
        }

        @Override
        public void write(final RegisterMark mark) throws RegisterException
        {
            try
            {
                object.write(mark.generation(), HexFormat.of().parseHex(mark.digest()));
            }
            catch (final TokenException ex)
            {
                throw new RegisterException(ex.getMessage(), ex);
            }
        }
    }
}
