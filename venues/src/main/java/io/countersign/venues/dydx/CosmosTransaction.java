package io.countersign.venues.dydx;

import io.countersign.venues.evm.Secp256k1Key;
import io.countersign.venues.text.TextWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A transaction of one message of the Cosmos SDK, signed by one key on secp256k1 in SIGN_MODE_DIRECT: the bytes whose
 * SHA-256 is signed, and the transaction that is sent. Reusable, free of allocation after construction; not
 * thread-safe.
 * <pre>
 *   message ─▶ body ─┬▶ signDoc  ─▶ (token) ─▶ r and s, s at most n / 2
 *   signer ──▶ auth ─┴▶ unsigned ─────────────────────┴▶ appendSignature
 * </pre>
 */
public final class CosmosTransaction
{
    /** Length of r and s together in bytes. */
    public static final int SIGNATURE_LENGTH = 64;

    private static final int CAPACITY = 2048;
    private static final int SIGN_MODE_DIRECT = 1;
    private static final byte[] PUBLIC_KEY_TYPE =
        "/cosmos.crypto.secp256k1.PubKey".getBytes(StandardCharsets.US_ASCII);

    /** What every signature begins with: a byte string of 64 bytes in field 3. */
    private static final byte[] SIGNATURE_HEADER = { 3 << 3 | 2, SIGNATURE_LENGTH };

    private final ProtobufWriter any = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter body = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter key = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter publicKey = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter signer = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter fee = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter authInfo = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter signDoc = new ProtobufWriter(2 * CAPACITY);
    private final ProtobufWriter unsigned = new ProtobufWriter(2 * CAPACITY);
    private final UnsafeBuffer point = new UnsafeBuffer(new byte[Secp256k1Key.COMPRESSED_LENGTH]);
    private final TextWriter mode;

    /** A transaction without anything in it. */
    public CosmosTransaction()
    {
        final TextWriter single = new ProtobufWriter(CAPACITY).number(1, SIGN_MODE_DIRECT).written();
        mode = new ProtobufWriter(CAPACITY).bytes(1, single).written();
    }

    /**
     * Set what is done.
     *
     * @param messageType {@link OrderMessage#PLACE_ORDER} or another type, ASCII.
     * @param message     its bytes.
     * @return this.
     */
    public CosmosTransaction message(final DirectBuffer messageType, final TextWriter message)
    {
        any.reset().bytes(1, messageType, 0, messageType.capacity()).bytes(2, message);
        body.reset().bytes(1, any.written());
        return this;
    }

    /**
     * Set who signs.
     *
     * @param signerKey whose signature it will be.
     * @param sequence  of the transaction among those of the account, where the chain looks at it.
     * @param gasLimit  most units of gas; no fee is offered, as orders cost none.
     * @return this.
     */
    public CosmosTransaction signer(final Secp256k1Key signerKey, final long sequence, final long gasLimit)
    {
        signerKey.putCompressed(point, 0);
        key.reset().bytes(1, point, 0, point.capacity());
        publicKey.reset().bytes(1, PUBLIC_KEY_TYPE).bytes(2, key.written());
        signer.reset().bytes(1, publicKey.written()).bytes(2, mode).number(3, sequence);
        fee.reset().number(2, gasLimit);
        authInfo.reset().bytes(1, signer.written()).bytes(2, fee.written());
        return this;
    }

    /**
     * Write what is signed.
     *
     * @param chainId       of the chain, ASCII.
     * @param accountNumber of the account there.
     * @return the bytes to hash with SHA-256, good until the next transaction.
     */
    public TextWriter signDoc(final DirectBuffer chainId, final long accountNumber)
    {
        return signDoc(body.written(), authInfo.written(), chainId, accountNumber);
    }

    /**
     * Write the transaction without its signature.
     *
     * @return the bytes, good until the next transaction.
     */
    public TextWriter unsigned()
    {
        return unsigned(body.written(), authInfo.written());
    }

    /**
     * Complete the transaction that is sent.
     *
     * @param transaction what {@link #unsigned()} wrote, alone: the signature is appended.
     * @param signature   that holds r and s.
     * @param offset      of r and s, 32 bytes each.
     */
    public static void appendSignature(
        final TextWriter transaction, final DirectBuffer signature, final int offset)
    {
        transaction.put(SIGNATURE_HEADER).put(signature, offset, SIGNATURE_LENGTH);
    }

    /** For what was encoded elsewhere. */
    TextWriter signDoc(
        final TextWriter bodyBytes,
        final TextWriter authInfoBytes,
        final DirectBuffer chainId,
        final long accountNumber)
    {
        return signDoc.reset()
            .bytes(1, bodyBytes)
            .bytes(2, authInfoBytes)
            .bytes(3, chainId, 0, chainId.capacity())
            .number(4, accountNumber)
            .written();
    }

    /** For what was encoded elsewhere. */
    TextWriter unsigned(final TextWriter bodyBytes, final TextWriter authInfoBytes)
    {
        return unsigned.reset().bytes(1, bodyBytes).bytes(2, authInfoBytes).written();
    }
}
