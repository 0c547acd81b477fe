package io.countersign.venues.ethereum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.Vectors;
import io.countersign.venues.evm.Keccak256;
import io.countersign.venues.evm.RecoverableSignature;
import io.countersign.venues.evm.Rlp;
import io.countersign.venues.evm.SoftwareKey;
import io.countersign.venues.evm.TypedData;
import io.countersign.venues.text.TextWriter;
import java.util.HexFormat;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EthereumVectorTest
{
    private final RecoverableSignature signature = new RecoverableSignature();
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[32]);
    private final TextWriter fields = new TextWriter(1024);
    private final TextWriter out = new TextWriter(1024);

    @Test
    void shouldWriteTransactionsOfEip1559()
    {
        final Vectors vector = Vectors.of("eth.eip1559.1");
        final Map<String, Object> params = vector.map("params");
        final byte[] data = hex(params.get("data"));
        final TransactionEncoder encoder = new TransactionEncoder()
            .chainId(number(params, "chainId"))
            .nonce(number(params, "nonce"))
            .fees(number(params, "maxPriorityFeePerGas"), number(params, "maxFeePerGas"))
            .gasLimit(number(params, "gas"))
            .to(new UnsafeBuffer(hex(params.get("to"))), 0)
            .value(number(params, "value"))
            .data(new UnsafeBuffer(data), 0, data.length);
        encoder.writeFields(fields);
        TransactionEncoder.writeUnsigned(fields, out);
        assertEquals(vector.text("canonical_payload"), written());
        encoder.digest(out, digest, 0);
        assertSigned(vector);

        out.reset();
        encoder.writeSigned(fields, signature, out);
        assertEquals(vector.text("expected_raw_transaction"), written());
    }

    @Test
    void shouldWriteEmptyFieldsAndLargeValues()
    {
        final byte[] value = HexFormat.of().parseHex("00".repeat(16) + "80" + "00".repeat(14) + "01");
        final TransactionEncoder encoder = new TransactionEncoder()
            .to(new UnsafeBuffer(new byte[20]), 0).value(new UnsafeBuffer(value), 0);
        encoder.writeFields(fields);
        TransactionEncoder.writeUnsigned(fields, out);
        // 5 zeros, 21 bytes of address, 17 of value, no data, an empty list.
        assertEquals("02ed" + "80".repeat(5) + "94" + "00".repeat(20) + "9080" + "00".repeat(14) + "01" + "80c0",
            written());
        out.reset();
        encoder.value(0).writeFields(fields.reset());
        TransactionEncoder.writeUnsigned(fields, out);
        assertEquals("02dd" + "80".repeat(5) + "94" + "00".repeat(20) + "8080c0", written());
    }

    /** The other kinds of transactions differ in their lists alone. */
    @ParameterizedTest
    @ValueSource(strings = { "eth.eip155.example", "eth.legacy.pre155", "eth.eip2930.1" })
    void shouldWriteOtherTransactionsWithTheSameEncoding(final String id)
    {
        final Vectors vector = Vectors.of(id);
        final Map<String, Object> params = vector.map("params");
        final boolean isTyped = params.containsKey("accessList");
        if (isTyped)
        {
            Rlp.put(fields, number(params, "chainId"));
        }
        for (final String name : new String[]{ "nonce", "gasPrice", "gas" })
        {
            Rlp.put(fields, number(params, name));
        }
        put(hex(params.get("to")));
        Rlp.put(fields, number(params, "value"));
        put(hex(params.get("data")));
        final int common = fields.length();
        if (isTyped)
        {
            Rlp.putList(fields, 0);
        }
        else if (params.containsKey("chainId"))
        {
            Rlp.put(fields, number(params, "chainId"));
            Rlp.put(fields, 0);
            Rlp.put(fields, 0);
        }
        write(isTyped);
        assertEquals(vector.text("canonical_payload"), written());

        new Keccak256().update(out.buffer(), 0, out.length()).digest(digest, 0);
        assertSigned(vector);
        if (!isTyped)
        {
            fields.truncate(common);
        }
        final String expected = vector.text("expected_signature");
        Rlp.put(fields, Long.parseLong(expected.substring(expected.indexOf('=') + 1)));
        putInteger(expected.substring(0, 64));
        putInteger(expected.substring(64, 128));
        write(isTyped);
        assertEquals(vector.text("expected_raw_transaction"), written());
    }

    @Test
    void shouldHashTypedData()
    {
        final Vectors vector = Vectors.of("eth.eip712.mail");
        final String person = "Person(string name,address wallet)";
        final byte[] personType = TypedData.hash(person);
        final byte[] domain = TypedData.domainSeparator("Ether Mail", "1", 1, HexFormat.of().parseHex("cc".repeat(20)));
        assertEquals(vector.text("domain_separator"), HexFormat.of().formatHex(domain));

        final TypedData data = new TypedData(new Keccak256());
        final UnsafeBuffer people = new UnsafeBuffer(new byte[64]);
        data.begin(personType).word(TypedData.hash("Cow"))
            .address(address("cd2a3d9f938e13cd947ec05abc7fe734df8dd826"), 0).structHash(people, 0);
        final UnsafeBuffer bob = new UnsafeBuffer("Bob".getBytes());
        data.begin(personType).text(bob, 0, bob.capacity())
            .address(address("bb".repeat(20)), 0).structHash(people, 32);
        data.begin(TypedData.hash("Mail(Person from,Person to,string contents)" + person))
            .word(people, 0).word(people, 32).word(TypedData.hash("Hello, Bob!"));
        data.structHash(digest, 0);
        assertEquals(vector.text("struct_hash"), HexFormat.of().formatHex(digest.byteArray()));
        data.digest(domain, digest, 0);
        assertSigned(vector);
    }

    private void assertSigned(final Vectors vector)
    {
        assertEquals(vector.text("digest"), HexFormat.of().formatHex(digest.byteArray()));
        final SoftwareKey signer = SoftwareKey.ofHex(vector.text("key"));
        assertEquals(vector.text("signer_address"), "0x" + HexFormat.of().formatHex(signer.publicKey().address()));
        assertTrue(signature.take(signer.publicKey(), digest, 0, signer.sign(digest.byteArray().clone()), 0));
        final UnsafeBuffer numbers = new UnsafeBuffer(new byte[64]);
        signature.putR(numbers, 0);
        signature.putS(numbers, 32);
        final String expected = vector.text("expected_signature");
        assertEquals(expected.substring(0, 128), HexFormat.of().formatHex(numbers.byteArray()));
        final int v = Integer.parseInt(expected.substring(expected.indexOf('=') + 1));
        final int parity = v < 27 ? v : v < 35 ? v - 27 : (v - 35) % 2;
        assertEquals(parity, signature.parity());
    }

    private void write(final boolean isTyped)
    {
        out.reset();
        if (isTyped)
        {
            out.put((byte) 1);
        }
        Rlp.putList(out, fields.length());
        out.put(fields);
    }

    private void put(final byte[] bytes)
    {
        Rlp.put(fields, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private void putInteger(final String hex)
    {
        Rlp.putInteger(fields, address(hex), 0, hex.length() / 2);
    }

    private static UnsafeBuffer address(final String hex)
    {
        return new UnsafeBuffer(HexFormat.of().parseHex(hex));
    }

    private static byte[] hex(final Object text)
    {
        return HexFormat.of().parseHex(text.toString().substring(2).toLowerCase(java.util.Locale.ROOT));
    }

    private static long number(final Map<String, Object> params, final String name)
    {
        return ((Number) params.get(name)).longValue();
    }

    private String written()
    {
        final byte[] bytes = new byte[out.length()];
        out.buffer().getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
