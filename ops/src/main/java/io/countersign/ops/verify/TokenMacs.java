package io.countersign.ops.verify;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.MacKey;
import io.countersign.hsm.PinFileException;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Has the tokens of a gateway's configuration make MACs again. Of the configuration nothing else is used: which key
 * made a MAC, its id and its check value, the journal says, or what is given by {@code --keys}.
 */
final class TokenMacs implements MacOracle, AutoCloseable
{
    /** One of the two is null. */
    private record Found(MacKey key, String complaint)
    {
    }

    private final Map<String, TokenInventory> tokens = new LinkedHashMap<>();
    private final Map<VerifyingKey, Found> keys = new IdentityHashMap<>();
    private final Map<String, Found> objects = new HashMap<>();

    private TokenMacs()
    {
    }

    /** Logs in to all tokens that the configuration has. Warnings go to the print writer. */
    static TokenMacs open(final Path configFile, final PrintWriter err)
    {
        final TokenMacs macs = new TokenMacs();
        boolean isOpen = false;
        try
        {
            for (final TokenConfig token : ConfigReader.read(configFile).tokens())
            {
                token.pin().claim();
                if (null != token.pin().warning())
                {
                    err.println("countersign: warning: " + token.pin().warning());
                    err.flush();
                }
                macs.tokens.put(
                    token.name(), TokenInventory.open(token.module(), token.label(), null, token.pin()));
            }
            isOpen = true;
            return macs;
        }
        catch (final ConfigException ex)
        {
            throw new CommandException(ex.getMessage());
        }
        catch (final TokenException ex)
        {
            throw new CommandException(
                ex.getMessage(), ex instanceof PinFileException ? ExitCode.USAGE : ExitCode.TOKEN);
        }
        finally
        {
            if (!isOpen)
            {
                macs.close();
            }
        }
    }

    @Override
    public Answer check(final VerifyingKey key, final byte[] payload, final byte[] mac)
    {
        final Found found = find(key);
        if (null == found.key)
        {
            return Answer.UNKNOWN_KEY;
        }
        if (0 == payload.length || SigningLane.MAX_PAYLOAD_LENGTH < payload.length)
        {
            // No gateway has such a payload signed.
            return Answer.DIFFERS;
        }
        try
        {
            return MessageDigest.isEqual(mac, found.key.mac(payload)) ? Answer.FITS : Answer.DIFFERS;
        }
        catch (final TokenException ex)
        {
            throw new CommandException(ex.getMessage(), ExitCode.TOKEN);
        }
    }

    @Override
    public String whyUnknown(final VerifyingKey key)
    {
        final Found found = keys.get(key);
        return null == found ? null : found.complaint;
    }

    @Override
    public void close()
    {
        tokens.values().forEach(TokenInventory::close);
    }

    private Found find(final VerifyingKey key)
    {
        Found found = keys.get(key);
        if (null == found)
        {
            // A configuration that is in force again names the same object anew.
            found = null == key.secret() ? ask(key) :
                objects.computeIfAbsent(key.algorithm() + " " + key.secret(), (name) -> ask(key));
            keys.put(key, found);
        }
        return found;
    }

    private Found ask(final VerifyingKey key)
    {
        if (null == key.secret())
        {
            return new Found(null, "its id and check value are not known; give them by --keys");
        }
        final String token = key.secret().token();
        final TokenInventory inventory =
            null == token && 1 == tokens.size() ? tokens.values().iterator().next() : tokens.get(token);
        if (null == inventory)
        {
            return new Found(null, "the configuration has no token " + (null == token ? "of its own for it" : token));
        }
        try
        {
            return new Found(inventory.macKey(new KeySpec(key.alias(), key.version(), key.secret().idBytes(),
                key.algorithm(), key.secret().checkValueBytes())), null);
        }
        catch (final TokenException ex)
        {
            return new Found(null, ex.getMessage());
        }
    }
}
