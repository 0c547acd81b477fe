package io.countersign.venues.dydx;

import io.countersign.venues.text.TextWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A transaction of one message of the Cosmos SDK, signed by one key on secp256k1 in SIGN_MODE_DIRECT: the bytes whose
 * SHA-256 is signed, and the transaction that is sent. Reusable, free of allocation after construction; not
 * thread-safe.
 * <pre>
 *   message ─▶ body ─┬▶ signDoc ─▶ (token) ─▶ r and s, s at most n / 2 ─▶ signed
 *   sequence ▶ auth ─┘
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

    private final ProtobufWriter any = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter body = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter signer = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter authInfo = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter signDoc = new ProtobufWriter(2 * CAPACITY);
    private final ProtobufWriter raw = new ProtobufWriter(2 * CAPACITY);
    private final UnsafeBuffer signatureBytes = new UnsafeBuffer(new byte[SIGNATURE_LENGTH]);
    private final byte[] chainId;
    private final long accountNumber;
    private final TextWriter publicKey;
    private final TextWriter mode;
    private final TextWriter fee;

    /**
     * Transactions of one account.
     *
     * @param chainId       of the chain.
     * @param accountNumber of the account there.
     * @param publicKey     compressed point, 33 bytes.
     * @param gasLimit      most units of gas; no fee is offered, as orders cost none.
     */
    public CosmosTransaction(
        final String chainId, final long accountNumber, final byte[] publicKey, final long gasLimit)
    {
        this.chainId = chainId.getBytes(StandardCharsets.US_ASCII);
        this.accountNumber = accountNumber;
        final TextWriter key = new ProtobufWriter(CAPACITY).bytes(1, publicKey).written();
        this.publicKey = new ProtobufWriter(CAPACITY).bytes(1, PUBLIC_KEY_TYPE).bytes(2, key).written();
        final TextWriter single = new ProtobufWriter(CAPACITY).number(1, SIGN_MODE_DIRECT).written();
        mode = new ProtobufWriter(CAPACITY).bytes(1, single).written();
        fee = new ProtobufWriter(CAPACITY).number(2, gasLimit).written();
    }

    /**
     * Write what is signed.
     *
     * @param messageType {@link OrderMessage#PLACE_ORDER} or another type, ASCII.
     * @param message     its bytes.
     * @param sequence    of the transaction among those of the account.
     * @return the bytes to hash with SHA-256, good until the next transaction.
     */
    public TextWriter signDoc(final byte[] messageType, final TextWriter message, final long sequence)
    {
        any.reset().bytes(1, messageType).bytes(2, message);
        body.reset().bytes(1, any.written());
        signer.reset().bytes(1, publicKey).bytes(2, mode).number(3, sequence);
        authInfo.reset().bytes(1, signer.written()).bytes(2, fee);
        return signDoc(body.written(), authInfo.written());
    }

    /**
     * Write the transaction that is sent.
     *
     * @param signature of what {@link #signDoc(byte[], TextWriter, long)} wrote last.
     * @param offset    of r and s, 32 bytes each.
     * @return the bytes, good until the next transaction.
     */
    public TextWriter signed(final DirectBuffer signature, final int offset)
    {
        return signed(body.written(), authInfo.written(), signature, offset);
    }

    /** For what was encoded elsewhere. */
    TextWriter signDoc(final TextWriter bodyBytes, final TextWriter authInfoBytes)
    {
        return signDoc.reset()
            .bytes(1, bodyBytes)
            .bytes(2, authInfoBytes)
            .bytes(3, chainId)
            .number(4, accountNumber)
            .written();
    }

    /** For what was encoded elsewhere. */
    TextWriter signed(
        final TextWriter bodyBytes, final TextWriter authInfoBytes, final DirectBuffer signature, final int offset)
    {
        signatureBytes.putBytes(0, signature, offset, SIGNATURE_LENGTH);
        return raw.reset()
            .bytes(1, bodyBytes)
            .bytes(2, authInfoBytes)
            .bytes(3, signatureBytes.byteArray())
            .written();
    }
}
