package io.countersign.gateway;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.TokenException;
import io.countersign.venues.PassphraseUse;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Has the tokens make, once, the MACs in whose form requests carry passphrases at some venues. For the thread that uses
 * the lanes.
 */
final class PassphraseMacs implements SigningListener
{
    private final List<SigningLane> lanes;
    private byte[] mac;
    private long returnValue;

    /** One lane for each token. */
    PassphraseMacs(final List<SigningLane> lanes)
    {
        this.lanes = lanes;
    }

    /** The keys, passphrases as they stand in requests. */
    List<KeyConfig> of(final List<KeyConfig> keys, final KeyPlaces places) throws TokenException
    {
        final List<KeyConfig> ready = new ArrayList<>();
        for (final KeyConfig key : keys)
        {
            ready.add(PassphraseUse.MAC != key.venue().passphrase() ? key : new KeyConfig(
                key.spec(),
                key.venue(),
                key.venueKey().withPassphrase(text(key, sign(
                    key, lanes.get(places.token(ready.size())), places.place(ready.size())))),
                key.token()));
        }
        return List.copyOf(ready);
    }

    @Override
    public void onSigned(final long correlationId, final DirectBuffer buffer, final int offset, final int length)
    {
        mac = new byte[length];
        buffer.getBytes(offset, mac);
    }

    @Override
    public void onSigningFailed(final long correlationId, final long value)
    {
        returnValue = value;
    }

    private byte[] sign(final KeyConfig key, final SigningLane lane, final int keyIndex) throws TokenException
    {
        final DirectBuffer passphrase = key.venueKey().passphrase();
        final UnsafeBuffer payload =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(passphrase.capacity(), Long.BYTES));
        payload.putBytes(0, passphrase, 0, passphrase.capacity());
        mac = null;
        returnValue = 0;
        if (!lane.submit(keyIndex, keyIndex, payload, 0, payload.capacity()) || 1 != lane.poll(this) || null == mac)
        {
            throw new TokenException("key '" + key.spec().alias() + "' did not make the MAC of its passphrase " +
                "(return value 0x" + Long.toHexString(returnValue) + "); check the token and start again", returnValue);
        }
        return mac;
    }

    private static String text(final KeyConfig key, final byte[] mac)
    {
        return switch (key.venueKey().encoding())
        {
            case BASE64 -> Base64.getEncoder().encodeToString(mac);
            case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
            default -> HexFormat.of().formatHex(mac);
        };
    }
}
