package io.countersign.gateway.keys;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.control.KeySlot;
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
public final class PassphraseMacs implements SigningListener
{
    private byte[] mac;
    private long returnValue;

    private PassphraseMacs()
    {
    }

    /**
     * Keys with their passphrases as they stand in requests.
     *
     * @param slots that say where the keys are.
     * @param lanes one for each token.
     * @return the same slots; those that have no place keep their passphrase.
     * @throws TokenException when a token does not sign.
     */
    public static List<KeySlot> ready(final List<KeySlot> slots, final List<SigningLane> lanes) throws TokenException
    {
        final List<KeySlot> ready = new ArrayList<>();
        for (final KeySlot slot : slots)
        {
            final String passphrase = KeySlot.NOWHERE == slot.place() ?
                null : of(slot.key(), lanes.get(slot.tokenIndex()), slot.place());
            ready.add(null == passphrase ? slot : slot.with(
                slot.key().withVenueKey(slot.key().venueKey().withPassphrase(passphrase))));
        }
        return List.copyOf(ready);
    }

    /**
     * The passphrase of a key as it stands in requests.
     *
     * @param key   with the passphrase that the venue gave.
     * @param lane  of which the caller is the only user.
     * @param place of the key on the lane.
     * @return null where it stands in them as the venue gave it.
     * @throws TokenException when the token does not sign.
     */
    static String of(final KeyConfig key, final SigningLane lane, final int place) throws TokenException
    {
        return null == key.venue() || PassphraseUse.MAC != key.venue().passphrase() ?
            null : text(key, new PassphraseMacs().sign(key, lane, place));
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
