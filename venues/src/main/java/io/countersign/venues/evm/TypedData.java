package io.countersign.venues.evm;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hashes of typed data as EIP-712 defines them. A struct is hashed from its encoded members in their order, 32 bytes
 * each; members that are structs or texts themselves are represented by their hash. Free of allocation after
 * construction but for what says otherwise; not thread-safe.
 */
public final class TypedData
{
    /** Length of a hash and of an encoded member in bytes. */
    public static final int WORD_LENGTH = 32;

    private static final int MAX_WORDS = 16;
    private static final int ADDRESS_LENGTH = Secp256k1Key.ADDRESS_LENGTH;
    private static final short PREFIX = 0x1901;
    private static final String DOMAIN_TYPE =
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

    private final Keccak256 keccak;
    private final UnsafeBuffer words = new UnsafeBuffer(new byte[MAX_WORDS * WORD_LENGTH]);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[Short.BYTES + 2 * WORD_LENGTH]);
    private int length;

    /**
     * Hashes of typed data.
     *
     * @param keccak to hash with, of the same thread.
     */
    public TypedData(final Keccak256 keccak)
    {
        this.keccak = keccak;
    }

    /**
     * The hash of a type or of a text: allocates.
     *
     * @param text UTF-8; of a type its name and members, and then the types that those refer to, sorted.
     * @return {@link #WORD_LENGTH} bytes.
     */
    public static byte[] hash(final String text)
    {
        return Keccak256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The separator of a domain: allocates.
     *
     * @param name              of the domain.
     * @param version           of the domain.
     * @param chainId           of the chain, not negative.
     * @param verifyingContract 20 bytes.
     * @return {@link #WORD_LENGTH} bytes.
     */
    public static byte[] domainSeparator(
        final String name, final String version, final long chainId, final byte[] verifyingContract)
    {
        final byte[] separator = new byte[WORD_LENGTH];
        new TypedData(new Keccak256()).begin(hash(DOMAIN_TYPE))
            .word(hash(name)).word(hash(version)).number(chainId)
            .address(new UnsafeBuffer(verifyingContract), 0)
            .structHash(new UnsafeBuffer(separator), 0);
        return separator;
    }

    /**
     * Begin a struct.
     *
     * @param typeHash of its type.
     * @return this.
     */
    public TypedData begin(final byte[] typeHash)
    {
        length = 0;
        return word(typeHash);
    }

    /**
     * Add a member that is a hash, a text by its hash, or bytes32.
     *
     * @param word {@link #WORD_LENGTH} bytes.
     * @return this.
     */
    public TypedData word(final byte[] word)
    {
        words.putBytes(length, word, 0, WORD_LENGTH);
        length += WORD_LENGTH;
        return this;
    }

    /**
     * Add a member that is a hash, a text by its hash, or bytes32.
     *
     * @param word   that holds it.
     * @param offset of its {@link #WORD_LENGTH} bytes.
     * @return this.
     */
    public TypedData word(final DirectBuffer word, final int offset)
    {
        words.putBytes(length, word, offset, WORD_LENGTH);
        length += WORD_LENGTH;
        return this;
    }

    /**
     * Add a text.
     *
     * @param text   that holds it.
     * @param offset of the first byte.
     * @param count  how many.
     * @return this.
     */
    public TypedData text(final DirectBuffer text, final int offset, final int count)
    {
        keccak.reset().update(text, offset, count).digest(words, length);
        length += WORD_LENGTH;
        return this;
    }

    /**
     * Add an address.
     *
     * @param address that holds it.
     * @param offset  of its 20 bytes.
     * @return this.
     */
    public TypedData address(final DirectBuffer address, final int offset)
    {
        words.setMemory(length, WORD_LENGTH - ADDRESS_LENGTH, (byte) 0);
        words.putBytes(length + WORD_LENGTH - ADDRESS_LENGTH, address, offset, ADDRESS_LENGTH);
        length += WORD_LENGTH;
        return this;
    }

    /**
     * Add an unsigned integer of any size.
     *
     * @param value not negative.
     * @return this.
     */
    public TypedData number(final long value)
    {
        words.setMemory(length, WORD_LENGTH - Long.BYTES, (byte) 0);
        words.putLong(length + WORD_LENGTH - Long.BYTES, value, ByteOrder.BIG_ENDIAN);
        length += WORD_LENGTH;
        return this;
    }

    /**
     * End the struct.
     *
     * @param out    that takes its hash.
     * @param offset of {@link #WORD_LENGTH} bytes.
     */
    public void structHash(final MutableDirectBuffer out, final int offset)
    {
        keccak.reset().update(words, 0, length).digest(out, offset);
    }

    /**
     * End the struct with the digest that is signed for it.
     *
     * @param domainSeparator of the domain.
     * @param out             that takes the digest.
     * @param offset          of {@link #WORD_LENGTH} bytes.
     */
    public void digest(final byte[] domainSeparator, final MutableDirectBuffer out, final int offset)
    {
        message.putShort(0, PREFIX, ByteOrder.BIG_ENDIAN);
        message.putBytes(Short.BYTES, domainSeparator, 0, WORD_LENGTH);
        structHash(message, Short.BYTES + WORD_LENGTH);
        keccak.update(message, 0, message.capacity()).digest(out, offset);
    }
}
