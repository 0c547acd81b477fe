package io.countersign.venues.hyperliquid;

import io.countersign.venues.evm.Keccak256;
import io.countersign.venues.evm.TypedData;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The digest that is signed for an L1 action: the hash of its MessagePack with nonce, vault and expiry behind it is the
 * {@code connectionId} of an EIP-712 struct {@code Agent}, whose {@code source} names the network. Free of allocation
 * after construction; not thread-safe.
 */
final class ActionDigest
{
    /** Stands for no expiry: none is sent. */
    static final long NO_EXPIRY = -1;

    private static final int ADDRESS_LENGTH = 20;
    private static final byte[] AGENT_TYPE = TypedData.hash("Agent(string source,bytes32 connectionId)");
    private static final byte[] MAINNET = TypedData.hash("a");
    private static final byte[] TESTNET = TypedData.hash("b");
    private static final byte[] DOMAIN = TypedData.domainSeparator("Exchange", "1", 1337, new byte[ADDRESS_LENGTH]);

    private final Keccak256 keccak = new Keccak256();
    private final TypedData typedData = new TypedData(keccak);
    private final UnsafeBuffer suffix = new UnsafeBuffer(new byte[2 * (Long.BYTES + 1) + ADDRESS_LENGTH]);
    private final UnsafeBuffer connectionId = new UnsafeBuffer(new byte[Keccak256.DIGEST_LENGTH]);

    /**
     * Hashes an action.
     *
     * @param action      its MessagePack.
     * @param length      of it, from index 0.
     * @param nonce       not negative.
     * @param vault       20 bytes of the vault or sub-account that acts, or null when the signer does.
     * @param expiryMs    UTC milliseconds since 1970 after which the venue must refuse, or {@link #NO_EXPIRY}.
     * @return this.
     */
    ActionDigest action(
        final DirectBuffer action, final int length, final long nonce, final DirectBuffer vault, final long expiryMs)
    {
        int position = 0;
        suffix.putLong(position, nonce, ByteOrder.BIG_ENDIAN);
        position += Long.BYTES;
        suffix.putByte(position++, (byte) (vault == null ? 0 : 1));
        if (vault != null)
        {
            suffix.putBytes(position, vault, 0, ADDRESS_LENGTH);
            position += ADDRESS_LENGTH;
        }
        if (expiryMs != NO_EXPIRY)
        {
            suffix.putByte(position++, (byte) 0);
            suffix.putLong(position, expiryMs, ByteOrder.BIG_ENDIAN);
            position += Long.BYTES;
        }
        keccak.reset().update(action, 0, length).update(suffix, 0, position).digest(connectionId, 0);
        return this;
    }

    /**
     * The hash of the action.
     *
     * @return 32 bytes.
     */
    DirectBuffer connectionId()
    {
        return connectionId;
    }

    /**
     * The digest that is signed for the action.
     *
     * @param isMainnet whether it is meant for the main network.
     * @param out       that takes 32 bytes.
     * @param offset    of the first.
     */
    void digest(final boolean isMainnet, final MutableDirectBuffer out, final int offset)
    {
        typedData.begin(AGENT_TYPE).word(isMainnet ? MAINNET : TESTNET).word(connectionId, 0)
            .digest(DOMAIN, out, offset);
    }
}
