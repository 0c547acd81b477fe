package io.countersign.gateway.seal;

import io.countersign.hsm.PublicKeyVerifier;
import io.countersign.hsm.SigningAlgorithm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Who may sign a note: a name and a public key (C2SP signed-note and tlog-cosignature). One thread at a time.
 */
public final class NoteKey
{
    private static final int ED25519_LENGTH = 32;
    private static final int ED25519_SIGNATURE_LENGTH = 64;

    /** What precedes the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo, RFC 8410. */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final Type type;
    private final byte[] subjectPublicKeyInfo;
    private final int keyId;
    private final PublicKeyVerifier verifier;

    /**
     * What a key signs and how.
     */
    public enum Type
    {
        /** Ed25519 over the text. */
        ED25519(1),
        /** ECDSA on P-256 with SHA-256 over the text, the signature as DER. */
        ECDSA_P256(2),
        /** A witness's cosignature: a time, and Ed25519 over the time and the text. */
        COSIGNATURE(4);

        private final int identifier;

        Type(final int identifier)
        {
            this.identifier = identifier;
        }
    }

    private NoteKey(final String name, final Type type, final byte[] subjectPublicKeyInfo) throws NoteException
    {
        this.name = name;
        this.type = type;
        this.subjectPublicKeyInfo = subjectPublicKeyInfo.clone();
        if (!isName(name))
        {
            throw new NoteException("'" + name + "' is no name of a key: it is empty, or has spaces or a plus in it");
        }
        try
        {
            verifier = PublicKeyVerifier.of(
                Type.ECDSA_P256 == type ? SigningAlgorithm.ECDSA_P256 : SigningAlgorithm.ED25519, subjectPublicKeyInfo);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new NoteException("the public key of " + name + " cannot be used: " + ex.getMessage());
        }
        keyId = ByteBuffer.wrap(sha256(Type.ECDSA_P256 == type ?
            subjectPublicKeyInfo : named(name, type, rawEd25519(subjectPublicKeyInfo)))).getInt();
    }

    /**
     * The key of a journal: the audit key.
     *
     * @param name                 its origin.
     * @param algorithm            Ed25519 or ECDSA-P256.
     * @param subjectPublicKeyInfo X.509 DER.
     * @return the key.
     * @throws NoteException when name, algorithm or key cannot be used.
     */
    public static NoteKey of(final String name, final SigningAlgorithm algorithm, final byte[] subjectPublicKeyInfo)
        throws NoteException
    {
        return switch (algorithm)
        {
            case ED25519 -> new NoteKey(name, Type.ED25519, subjectPublicKeyInfo);
            case ECDSA_P256 -> new NoteKey(name, Type.ECDSA_P256, subjectPublicKeyInfo);
            default -> throw new NoteException("a key of " + name + " is neither Ed25519 nor on P-256");
        };
    }

    /**
     * Read a verifier key as Go's note package and C2SP write it: {@code NAME+KEYID+BASE64(type || public key)}.
     *
     * @param text the line, without a line feed.
     * @return a key of type 1, 2 or 4.
     * @throws NoteException when it is none, or its key id does not fit.
     */
    public static NoteKey parse(final String text) throws NoteException
    {
        final String[] words = text.split("\\+", 3);
        if (3 != words.length)
        {
            throw new NoteException("a verifier key is 'NAME+KEYID+BASE64', and '" + text + "' is not");
        }
        final byte[] bytes = SignedNote.base64(words[2]);
        final Type type = typeOf(bytes);
        final byte[] publicKey = Arrays.copyOfRange(bytes, 1, bytes.length);
        final NoteKey key = new NoteKey(
            words[0], type, Type.ECDSA_P256 == type ? publicKey : ed25519Info(publicKey));
        if (!key.keyIdText().equals(words[1]))
        {
            throw new NoteException("the key id of " + words[0] + " is " + key.keyIdText() + ", not " + words[1]);
        }
        return key;
    }

    /**
     * As {@link #parse} reads it.
     *
     * @return one line without a line feed.
     */
    public String format()
    {
        final byte[] publicKey =
            Type.ECDSA_P256 == type ? subjectPublicKeyInfo : rawEd25519(subjectPublicKeyInfo);
        final byte[] bytes = new byte[1 + publicKey.length];
        bytes[0] = (byte) type.identifier;
        System.arraycopy(publicKey, 0, bytes, 1, publicKey.length);
        return name + '+' + keyIdText() + '+' + Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Whose key it is.
     *
     * @return name; of a journal, its origin.
     */
    public String name()
    {
        return name;
    }

    /**
     * How it signs.
     *
     * @return type.
     */
    public Type type()
    {
        return type;
    }

    /**
     * What signature lines name beside the name.
     *
     * @return first four bytes of a hash, big endian.
     */
    public int keyId()
    {
        return keyId;
    }

    /**
     * The public key.
     *
     * @return X.509 DER, a copy.
     */
    public byte[] subjectPublicKeyInfo()
    {
        return subjectPublicKeyInfo.clone();
    }

    /**
     * A signature line of this key. Nothing is verified.
     *
     * @param signature of a note's text as a lane gives it: 64 bytes, for ECDSA r and s.
     * @return the line; with ECDSA as DER.
     */
    public SignedNote.Line line(final byte[] signature)
    {
        return new SignedNote.Line(
            name, keyId, Type.ECDSA_P256 == type ? EcdsaDer.toDer(signature) : signature.clone());
    }

    /**
     * Whether a line claims to be of this key: by name and key id. Others are to be ignored.
     *
     * @param line of a note.
     * @return true when it is to be verified with this key.
     */
    public boolean claims(final SignedNote.Line line)
    {
        return line.keyId() == keyId && line.name().equals(name);
    }

    /**
     * Whether a line is a signature of this key over the note's text.
     *
     * @param note with the line.
     * @param line one of it.
     * @return false when it is not.
     */
    public boolean verifies(final SignedNote note, final SignedNote.Line line)
    {
        if (!claims(line))
        {
            return false;
        }
        final byte[] signature = line.signature();
        if (Type.ECDSA_P256 == type)
        {
            final byte[] plain = EcdsaDer.fromDer(signature);
            return null != plain && verifier.verifies(note.signedBytes(), plain);
        }
        if (Type.ED25519 == type)
        {
            return verifier.verifies(note.signedBytes(), signature);
        }
        final boolean isWhole = signature.length == Long.BYTES + ED25519_SIGNATURE_LENGTH;
        return isWhole && cosignedSeconds(line) >= 0 && verifier.verifies(
            ("cosignature/v1\ntime " + cosignedSeconds(line) + '\n' + note.text()).getBytes(StandardCharsets.UTF_8),
            Arrays.copyOfRange(signature, Long.BYTES, signature.length));
    }

    /**
     * When a witness cosigned.
     *
     * @param line of a {@link Type#COSIGNATURE} key.
     * @return seconds since 1970 UTC.
     */
    public static long cosignedSeconds(final SignedNote.Line line)
    {
        return ByteBuffer.wrap(line.signature()).getLong();
    }

    /**
     * Whether a name may stand in a signature line.
     *
     * @param name of a key, an origin.
     * @return false for an empty one, and one with white space, control characters or a plus.
     */
    public static boolean isName(final String name)
    {
        return !name.isEmpty() && name.codePoints().noneMatch((c) ->
            '+' == c || Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c));
    }

    private String keyIdText()
    {
        return HexFormat.of().toHexDigits(keyId);
    }

    private static Type typeOf(final byte[] bytes) throws NoteException
    {
        for (final Type type : Type.values())
        {
            if (bytes.length > 1 && bytes[0] == type.identifier)
            {
                return type;
            }
        }
        throw new NoteException("a verifier key of type " + (bytes.length > 0 ? bytes[0] : "none") +
            " is not known here: 1 (Ed25519), 2 (ECDSA) and 4 (cosignature) are");
    }

    private static byte[] ed25519Info(final byte[] publicKey) throws NoteException
    {
        if (ED25519_LENGTH != publicKey.length)
        {
            throw new NoteException("an Ed25519 key has 32 bytes, not " + publicKey.length);
        }
        final byte[] info = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + ED25519_LENGTH);
        System.arraycopy(publicKey, 0, info, ED25519_PREFIX.length, ED25519_LENGTH);
        return info;
    }

    private static byte[] rawEd25519(final byte[] subjectPublicKeyInfo)
    {
        return Arrays.copyOfRange(
            subjectPublicKeyInfo, subjectPublicKeyInfo.length - ED25519_LENGTH, subjectPublicKeyInfo.length);
    }

    private static byte[] named(final String name, final Type type, final byte[] publicKey)
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        bytes.write('\n');
        bytes.write(type.identifier);
        bytes.writeBytes(publicKey);
        return bytes.toByteArray();
    }

    private static byte[] sha256(final byte[] bytes)
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
