package io.countersign.hsm;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;

import java.util.Set;

/**
 * What a token does otherwise than PKCS#11 says, or otherwise than it says itself: the outcome of {@link QuirksFile}
 * for one token.
 *
 * @param sections             of the files that match, for people; empty when none does.
 * @param missingMechanisms    {@code CKM_} values not to be used although the token lists them.
 * @param eddsaTakesParameters whether {@code CKM_EDDSA} wants {@code CK_EDDSA_PARAMS}.
 * @param edwardsCurveByName   whether the token takes the curve of an Ed25519 key by its name only, not by its OID.
 */
record TokenQuirks(
    String sections,
    Set<Long> missingMechanisms,
    boolean eddsaTakesParameters,
    boolean edwardsCurveByName)
{
    /**
     * Change a template of a new key to what the token takes.
     *
     * @param template its attributes are changed.
     * @return the same.
     */
    CK_ATTRIBUTE[] adapt(final CK_ATTRIBUTE[] template)
    {
        if (edwardsCurveByName)
        {
            for (final CK_ATTRIBUTE attribute : template)
            {
                KeyParameters.nameEdwardsCurve(attribute);
            }
        }

        return template;
    }
}
