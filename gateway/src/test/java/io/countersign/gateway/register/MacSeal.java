package io.countersign.gateway.register;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** A register key in software; keeps what it gave out as entry keys. */
final class MacSeal implements RegisterSeal
{
    final List<byte[]> entryKeys = new ArrayList<>();
    int calls;

    private final byte[] key;

    MacSeal(final int seed)
    {
        key = new byte[]{ 1, 2, 3, (byte) seed };
    }

    @Override
    public byte[] seal(final byte[] text) throws RegisterException
    {
        calls++;
        try
        {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new RegisterException("no MAC", ex);
        }
    }

    @Override
    public byte[] entryKey() throws RegisterException
    {
        final byte[] entryKey = RegisterSeal.super.entryKey();
        entryKeys.add(entryKey);
        return entryKey;
    }
}
