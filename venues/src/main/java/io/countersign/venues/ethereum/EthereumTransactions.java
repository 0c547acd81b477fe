package io.countersign.venues.ethereum;

import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.evm.AddressText;
import io.countersign.venues.evm.RecoverableSignature;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.SchemeChecks;
import io.countersign.venues.profile.SchemeVenue;
import io.countersign.venues.text.HexText;
import io.countersign.venues.text.TextWriter;
import io.countersign.venues.text.WholeNumber;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Transactions of EIP-1559 as the JSON-RPC call {@code eth_sendRawTransaction}. What the token signs is the digest of
 * the transaction; a signature that is not the key's over that digest is refused with TOKEN_ERROR. The account's nonces
 * are those of the bot: they follow each other without gaps, only the chain knows the next, and a replacement takes the
 * same again.
 */
public final class EthereumTransactions extends SchemeVenue
{
    /** The parameter that says which chain a key signs for, in decimal. */
    public static final String CHAIN_ID = "chain-id";

    /** The parameter that says whether transactions of a key may have data: {@value #NO_DATA} or {@value #ANY_DATA}. */
    public static final String DATA = "data";

    /** The parameter with the most ether that one transaction may cost beside what it moves. */
    public static final String MAX_FEE = "max-fee-ether";

    static final String MAINNET = "1";
    static final String NO_DATA = "none";
    static final String ANY_DATA = "any";
    static final String DEFAULT_MAX_FEE = "0.05";

    private static final int NONE = Reason.NONE.value();
    private static final int INVALID = Reason.FIELD_INVALID.value();
    private static final short POST = Method.POST.value();
    private static final int DIGEST_LENGTH = 32;
    private static final DirectBuffer ANY_DATA_TEXT = new UnsafeBuffer(ascii(ANY_DATA));
    private static final byte[] PATH = ascii("/");
    private static final byte[] HEADERS = ascii("Content-Type: application/json\n");
    private static final byte[] CALL = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] METHOD = ascii(",\"method\":\"eth_sendRawTransaction\",\"params\":[\"0x");
    private static final byte[] END = ascii("\"]}");

    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);
    private final int chainIdIndex;
    private final int dataIndex;
    private final int maxFeeIndex;

    EthereumTransactions(final Profile profile)
    {
        super(profile);
        chainIdIndex = SchemeChecks.parameterIndex(profile, CHAIN_ID);
        dataIndex = SchemeChecks.parameterIndex(profile, DATA);
        maxFeeIndex = SchemeChecks.parameterIndex(profile, MAX_FEE);
    }

    @Override
    public String check(final VenueKey key)
    {
        if (chainId(key) < 1)
        {
            return "parameter '" + CHAIN_ID + "' is no number of a chain; expected 1 or more in decimal";
        }
        if (EtherAmount.weiOf(key.parameter(maxFeeIndex)) < 1)
        {
            return "parameter '" + MAX_FEE + "' is no amount of ether; expected a decimal above 0 and below 9.2";
        }
        if (key.secp256k1() == null)
        {
            return "the key has no public key";
        }
        final String address = "0x" + HexFormat.of().formatHex(key.secp256k1().address());
        final UnsafeBuffer canonical = new UnsafeBuffer(new byte[AddressText.LENGTH]);
        final boolean isAddress =
            new AddressText().canonical(key.apiKey(), 0, key.apiKey().capacity(), canonical);
        return isAddress && address.equals(canonical.getStringWithoutLengthAscii(0, AddressText.LENGTH)) ? null :
            "'api-key' is " + key.apiKey().getStringWithoutLengthAscii(0, key.apiKey().capacity()) +
            ", but the public key has the address " + address;
    }

    @Override
    public int build(final Order order, final VenueKey key, final Stamp stamp, final VenueRequest request)
    {
        request.reset();
        if (order.operation() != Operation.TRANSACT || !supports(Operation.TRANSACT))
        {
            return Reason.OPERATION_NOT_SUPPORTED.value();
        }
        final Workspace workspace = workspaces.get();
        final int reason = workspace.rules.read(order, EtherAmount.weiOf(key.parameter(maxFeeIndex)),
            key.parameter(dataIndex).compareTo(ANY_DATA_TEXT) == 0);
        if (reason != NONE)
        {
            return request.refuse(reason, workspace.rules.fault().ordinal());
        }
        final long chainId = chainId(key);
        if (chainId < 1)
        {
            return request.refuse(INVALID, FieldSource.PARAMETER.ordinal());
        }

        // The fields wait in the tail for the signature, which goes behind them.
        workspace.rules.write(order, workspace.encoder.chainId(chainId));
        workspace.encoder.writeFields(request.tail());
        TransactionEncoder.writeUnsigned(request.tail(), request.scratch());
        workspace.encoder.digest(request.scratch(), workspace.digested, 0);
        request.stringToSign().put(workspace.digested, 0, DIGEST_LENGTH);
        request.path().put(PATH);
        request.headers().put(HEADERS);
        request.body().put(CALL).putLong(order.requestId()).put(METHOD);
        return request.built(POST, request.stringToSign(), DIGEST_LENGTH);
    }

    @Override
    protected void write(
        final VenueRequest request, final RecoverableSignature checked, final UnsafeBuffer numbers)
    {
        numbers.putByte(RecoverableSignature.LENGTH, (byte) checked.parity());
        HexText.append(request.signature(), numbers, 0, numbers.capacity());

        final TextWriter transaction = request.scratch().reset();
        workspaces.get().encoder.writeSigned(request.tail(), checked, transaction);
        HexText.append(request.body(), transaction.buffer(), transaction.offset(), transaction.length());
        request.body().put(END);
    }

    private long chainId(final VenueKey key)
    {
        final DirectBuffer text = key.parameter(chainIdIndex);
        return WholeNumber.parse(text, 0, text.capacity(), Long.MAX_VALUE);
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What one thread writes with. */
    private static final class Workspace
    {
        private final TransactionRules rules = new TransactionRules();
        private final TransactionEncoder encoder = new TransactionEncoder();
        private final UnsafeBuffer digested = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
    }
}
