package io.countersign.venues.dydx;

import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.evm.RecoverableSignature;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.SchemeChecks;
import io.countersign.venues.profile.SchemeVenue;
import io.countersign.venues.text.Base64Text;
import io.countersign.venues.text.TextWriter;
import io.countersign.venues.text.WholeNumber;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Short-term orders of dYdX v4 and their cancels as the JSON-RPC call {@code broadcast_tx_sync} of CometBFT. What the
 * token signs is the SignDoc; a signature that is not the key's over it is refused with TOKEN_ERROR.
 */
public final class DydxOrders extends SchemeVenue
{
    /** The parameter that says which chain a key signs for. */
    public static final String CHAIN_ID = "chain-id";

    /** The parameter with the number that the chain has given to the account. */
    public static final String ACCOUNT_NUMBER = "account-number";

    /** The parameter that says for which subaccount a key trades. */
    public static final String SUBACCOUNT = "subaccount";

    static final String MAINNET = "dydx-mainnet-1";
    static final String FIRST_SUBACCOUNT = "0";

    /** What the chain's own clients name for orders, of which no fee is taken. */
    static final long GAS_LIMIT = 1_000_000;

    /** The chain does not look at it where the message names a block up to which it is good. */
    static final long SEQUENCE = 0;

    private static final int NONE = Reason.NONE.value();
    private static final int INVALID = Reason.FIELD_INVALID.value();
    private static final short POST = Method.POST.value();
    private static final int DIGEST_LENGTH = 32;
    private static final long MAX_SUBACCOUNT = 128_000;
    private static final byte[] PATH = ascii("/");
    private static final byte[] HEADERS = ascii("Content-Type: application/json\n");
    private static final byte[] CALL = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] METHOD = ascii(",\"method\":\"broadcast_tx_sync\",\"params\":{\"tx\":\"");
    private static final byte[] END = ascii("\"}}");

    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);
    private final int chainIdIndex;
    private final int accountNumberIndex;
    private final int subaccountIndex;

    DydxOrders(final Profile profile)
    {
        super(profile);
        chainIdIndex = SchemeChecks.parameterIndex(profile, CHAIN_ID);
        accountNumberIndex = SchemeChecks.parameterIndex(profile, ACCOUNT_NUMBER);
        subaccountIndex = SchemeChecks.parameterIndex(profile, SUBACCOUNT);
    }

    @Override
    public String check(final VenueKey key)
    {
        if (number(key, accountNumberIndex, Long.MAX_VALUE) == WholeNumber.NONE)
        {
            return "parameter '" + ACCOUNT_NUMBER + "' is no number; expected that of the account on the chain";
        }
        if (number(key, subaccountIndex, MAX_SUBACCOUNT) == WholeNumber.NONE)
        {
            return "parameter '" + SUBACCOUNT + "' is no subaccount; expected 0 to " + MAX_SUBACCOUNT;
        }
        if (key.secp256k1() == null)
        {
            return "the key has no public key";
        }
        final String address = AccountAddress.of(key.secp256k1().compressed());
        final String apiKey = key.apiKey().getStringWithoutLengthAscii(0, key.apiKey().capacity());
        return address.equals(apiKey) ? null :
            "'api-key' is " + apiKey + ", but the public key has the address " + address;
    }

    @Override
    public int build(final Order order, final VenueKey key, final Stamp stamp, final VenueRequest request)
    {
        request.reset();
        final Operation operation = order.operation();
        if (operation != Operation.NEW_ORDER && operation != Operation.CANCEL_ORDER || !supports(operation))
        {
            return Reason.OPERATION_NOT_SUPPORTED.value();
        }
        final Workspace workspace = workspaces.get();
        final int reason = workspace.order.read(order);
        if (reason != NONE)
        {
            return request.refuse(reason, workspace.order.fault().ordinal());
        }
        final long accountNumber = number(key, accountNumberIndex, Long.MAX_VALUE);
        final long subaccount = number(key, subaccountIndex, MAX_SUBACCOUNT);
        if (accountNumber == WholeNumber.NONE || subaccount == WholeNumber.NONE || key.secp256k1() == null)
        {
            return request.refuse(INVALID, FieldSource.PARAMETER.ordinal());
        }

        final OrderMessage message = workspace.message.subaccount(key.apiKey(), (int) subaccount);
        workspace.order.write(order, message);
        final boolean isNewOrder = operation == Operation.NEW_ORDER;
        final CosmosTransaction transaction = workspace.transaction
            .message(isNewOrder ? OrderMessage.PLACE_ORDER : OrderMessage.CANCEL_ORDER,
                isNewOrder ? message.placeOrder() : message.cancelOrder())
            .signer(key.secp256k1(), SEQUENCE, GAS_LIMIT);
        // The transaction waits in the tail for the signature, which goes behind it.
        request.stringToSign().put(transaction.signDoc(key.parameter(chainIdIndex), accountNumber));
        request.tail().put(transaction.unsigned());
        request.path().put(PATH);
        request.headers().put(HEADERS);
        request.body().put(CALL).putLong(order.requestId()).put(METHOD);
        return request.built(POST, request.stringToSign(), request.stringToSign().length());
    }

    @Override
    protected DirectBuffer digest(final VenueRequest request)
    {
        request.hashing().hash(request.stringToSign(), DIGEST_LENGTH);
        return request.hashing().digest();
    }

    @Override
    protected void write(
        final VenueRequest request, final RecoverableSignature checked, final UnsafeBuffer numbers)
    {
        Base64Text.append(request.signature(), numbers, 0, RecoverableSignature.LENGTH);

        final TextWriter transaction = request.tail();
        CosmosTransaction.appendSignature(transaction, numbers, 0);
        Base64Text.append(request.body(), transaction.buffer(), transaction.offset(), transaction.length());
        request.body().put(END);
    }

    private static long number(final VenueKey key, final int index, final long max)
    {
        final DirectBuffer text = key.parameter(index);
        return WholeNumber.parse(text, 0, text.capacity(), max);
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What one thread writes with. */
    private static final class Workspace
    {
        private final ShortTermOrder order = new ShortTermOrder();
        private final OrderMessage message = new OrderMessage();
        private final CosmosTransaction transaction = new CosmosTransaction();
    }
}
