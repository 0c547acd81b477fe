package io.countersign.ops.keys;

import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenKey;
import io.countersign.ops.audit.EscapedText;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys of a token, as people and programs read them. Nothing of a private key or secret is there to be printed.
 */
final class KeyText
{
    private KeyText()
    {
    }

    static String id(final TokenKey key)
    {
        return 0 == key.id().length ? "-" : HexFormat.of().formatHex(key.id());
    }

    static String label(final TokenKey key)
    {
        return key.label().isEmpty() ? "-" : EscapedText.of(key.label());
    }

    /** Yes and no, sharpened by what was so at all times. */
    static String flag(final Boolean flag, final Boolean ever, final String sharper)
    {
        if (null == flag)
        {
            return "unknown";
        }
        return Boolean.TRUE.equals(ever) ? sharper : flag ? "yes" : "no";
    }

    static String sensitive(final TokenKey key)
    {
        return flag(key.sensitive(), key.alwaysSensitive(), "always");
    }

    static String extractable(final TokenKey key)
    {
        return flag(key.extractable(), key.neverExtractable(), "never");
    }

    static String or(final String none, final List<String> words)
    {
        return words.isEmpty() ? none : String.join(",", words);
    }

    static String fingerprint(final byte[] subjectPublicKeyInfo)
    {
        return HexFormat.of().formatHex(sha256(subjectPublicKeyInfo));
    }

    static byte[] sha256(final byte[] bytes)
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * The check values of a secret, one for each algorithm that its token lets it sign with.
     *
     * @param inventory that gave the key.
     * @param key       any; public and private keys have none.
     * @return hexadecimal digits by name of the algorithm.
     */
    static Map<String, String> checkValues(final TokenInventory inventory, final TokenKey key)
    {
        final Map<String, String> values = new LinkedHashMap<>();
        if (TokenKey.Kind.SECRET == key.kind() && key.uses().contains("sign"))
        {
            for (final SigningAlgorithm algorithm : key.algorithms())
            {
                try
                {
                    values.put(
                        algorithm.configName(), HexFormat.of().formatHex(inventory.checkValue(key, algorithm)));
                }
                catch (final TokenException ex)
                {
                    // Too short for the digest, or limited to another mechanism: not a key of this algorithm.
                    values.remove(algorithm.configName());
                }
            }
        }
        return values;
    }

    static Map<String, Object> fields(final TokenKey key, final List<Finding> findings)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("alias", key.label());
        fields.put("id", HexFormat.of().formatHex(key.id()));
        fields.put("class", key.kind().toString());
        fields.put("type", key.type());
        fields.put("bits", key.bits());
        fields.put("algorithms", key.algorithms().stream().map(SigningAlgorithm::configName).toList());
        fields.put("sensitive", key.sensitive());
        fields.put("alwaysSensitive", key.alwaysSensitive());
        fields.put("extractable", key.extractable());
        fields.put("neverExtractable", key.neverExtractable());
        fields.put("private", key.isPrivate());
        fields.put("local", key.local());
        fields.put("uses", key.uses());
        fields.put("allowedMechanisms", key.mechanisms());
        if (null != key.subjectPublicKeyInfo())
        {
            fields.put("publicKey", Base64.getEncoder().encodeToString(key.subjectPublicKeyInfo()));
            fields.put("fingerprintSha256", fingerprint(key.subjectPublicKeyInfo()));
        }
        fields.put("findings", findings.stream().map(KeyText::fields).toList());
        return fields;
    }

    static Map<String, Object> fields(final Finding finding)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("weight", finding.weight());
        fields.put("code", finding.code());
        fields.put("text", finding.text());
        return fields;
    }
}
