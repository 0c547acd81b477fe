package io.countersign.venues.hyperliquid;

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
import io.countersign.venues.text.HexText;
import io.countersign.venues.text.TextWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hyperliquid's L1 actions over {@code POST /exchange}: order, cancel, cancelByCloid. What the token signs is the
 * digest of the action; the body carries the same action as JSON. A signature that is not the key's over that digest is
 * refused with TOKEN_ERROR.
 */
public final class HyperliquidL1 extends SchemeVenue
{
    /** The parameter that says which network a key signs for: {@value #MAINNET} or {@value #TESTNET}. */
    public static final String NETWORK = "network";

    /** The parameter with the address of the vault or sub-account that a key acts for, or {@value #NO_VAULT}. */
    public static final String VAULT = "vault";

    static final String MAINNET = "mainnet";
    static final String TESTNET = "testnet";
    static final String NO_VAULT = "none";

    private static final int NONE = Reason.NONE.value();
    private static final int INVALID = Reason.FIELD_INVALID.value();
    private static final short POST = Method.POST.value();
    private static final int ADDRESS_LENGTH = 20;
    private static final int ADDRESS_TEXT_LENGTH = 2 + 2 * ADDRESS_LENGTH;
    private static final int DIGEST_LENGTH = 32;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What Ethereum adds to the parity. */
    private static final int FIRST_V = 27;

    private static final DirectBuffer MAINNET_TEXT = new UnsafeBuffer(ascii(MAINNET));
    private static final DirectBuffer NO_VAULT_TEXT = new UnsafeBuffer(ascii(NO_VAULT));
    private static final byte[] PATH = ascii("/exchange");
    private static final byte[] HEADERS = ascii("Content-Type: application/json\n");
    private static final byte[] ACTION = ascii("{\"action\":");
    private static final byte[] NONCE = ascii(",\"nonce\":");
    private static final byte[] VAULT_ADDRESS = ascii(",\"vaultAddress\":\"");
    private static final byte[] EXPIRES_AFTER = ascii(",\"expiresAfter\":");
    private static final byte[] SIGNATURE = ascii(",\"signature\":{\"r\":\"0x");
    private static final byte[] S = ascii("\",\"s\":\"0x");
    private static final byte[] V = ascii("\",\"v\":");
    private static final byte[] END = ascii("}}");

    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);
    private final int maxWindowMs;
    private final int networkIndex;
    private final int vaultIndex;

    HyperliquidL1(final Profile profile)
    {
        super(profile);
        maxWindowMs = profile.receiveWindow() == null ? 0 : profile.receiveWindow().maxMs();
        networkIndex = SchemeChecks.parameterIndex(profile, NETWORK);
        vaultIndex = SchemeChecks.parameterIndex(profile, VAULT);
    }

    @Override
    public int maxReceiveWindowMs(final Operation operation)
    {
        return supports(operation) ? maxWindowMs : 0;
    }

    @Override
    public String check(final VenueKey key)
    {
        final DirectBuffer vault = key.parameter(vaultIndex);
        if (hasVault(vault) && !isAddress(vault))
        {
            return "parameter '" + VAULT + "' is no address; expected " + NO_VAULT +
                " or 0x and 40 hexadecimal digits in lower case";
        }
        if (key.secp256k1() == null)
        {
            return "the key has no public key";
        }
        final String address = "0x" + HexFormat.of().formatHex(key.secp256k1().address());
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
        final int reason = workspace.fields.read(order, maxWindowMs);
        if (reason != NONE)
        {
            return request.refuse(reason, workspace.fields.fault().ordinal());
        }
        final DirectBuffer vault = key.parameter(vaultIndex);
        final boolean hasVault = hasVault(vault);
        if (stamp.nonce() < 0)
        {
            return request.refuse(INVALID, FieldSource.NONCE.ordinal());
        }
        if (hasVault && !isAddress(vault))
        {
            return request.refuse(INVALID, FieldSource.PARAMETER.ordinal());
        }

        final long expiryMs = order.maxAgeMs() == Order.NULL_INT ?
            ActionDigest.NO_EXPIRY : stamp.utcNs() / NANOS_PER_MILLI + order.maxAgeMs();
        sign(workspace, key, stamp.nonce(), hasVault ? vault : null, expiryMs, request);
        send(workspace.json, workspace.fields, stamp.nonce(), hasVault ? vault : null, expiryMs, request);
        return request.built(POST, request.stringToSign(), DIGEST_LENGTH);
    }

    @Override
    protected void write(
        final VenueRequest request, final RecoverableSignature checked, final UnsafeBuffer numbers)
    {
        final int v = FIRST_V + checked.parity();
        numbers.putByte(RecoverableSignature.LENGTH, (byte) v);
        HexText.append(request.signature(), numbers, 0, numbers.capacity());

        final TextWriter body = request.body();
        body.put(SIGNATURE);
        HexText.append(body, numbers, 0, RecoverableSignature.NUMBER_LENGTH);
        body.put(S);
        HexText.append(body, numbers, RecoverableSignature.NUMBER_LENGTH, RecoverableSignature.NUMBER_LENGTH);
        body.put(V).putLong(v).put(END);
    }

    private void sign(
        final Workspace workspace,
        final VenueKey key,
        final long nonce,
        final DirectBuffer vault,
        final long expiryMs,
        final VenueRequest request)
    {
        final TextWriter action = request.scratch();
        workspace.fields.write(workspace.messagePack.wrap(action));
        if (vault != null)
        {
            HexNumber.bytes(vault, workspace.vault, ADDRESS_LENGTH);
        }
        final boolean isMainnet = key.parameter(networkIndex).compareTo(MAINNET_TEXT) == 0;
        workspace.digest
            .action(action.buffer(), action.length(), nonce, vault == null ? null : workspace.vault, expiryMs)
            .digest(isMainnet, workspace.digested, 0);
        request.stringToSign().put(workspace.digested, 0, DIGEST_LENGTH);
    }

    private static void send(
        final JsonWriter json,
        final ActionFields fields,
        final long nonce,
        final DirectBuffer vault,
        final long expiryMs,
        final VenueRequest request)
    {
        request.path().put(PATH);
        request.headers().put(HEADERS);
        final TextWriter body = request.body();
        body.put(ACTION);
        fields.write(json.wrap(body));
        body.put(NONCE).putLong(nonce);
        if (vault != null)
        {
            body.put(VAULT_ADDRESS).put(vault, 0, vault.capacity()).put((byte) '"');
        }
        if (expiryMs != ActionDigest.NO_EXPIRY)
        {
            body.put(EXPIRES_AFTER).putLong(expiryMs);
        }
    }

    private static boolean hasVault(final DirectBuffer vault)
    {
        return vault.compareTo(NO_VAULT_TEXT) != 0;
    }

    private static boolean isAddress(final DirectBuffer text)
    {
        return HexNumber.isHexNumber(text, 0, text.capacity(), ADDRESS_TEXT_LENGTH);
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What one thread writes with. */
    private static final class Workspace
    {
        private final ActionFields fields = new ActionFields();
        private final MessagePackWriter messagePack = new MessagePackWriter();
        private final JsonWriter json = new JsonWriter();
        private final ActionDigest digest = new ActionDigest();
        private final UnsafeBuffer vault = new UnsafeBuffer(new byte[ADDRESS_LENGTH]);
        private final UnsafeBuffer digested = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
    }
}
