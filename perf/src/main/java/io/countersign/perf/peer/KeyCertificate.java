package io.countersign.perf.peer;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Implementation;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.TokenProvisioner;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CERTIFICATE_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SUBJECT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKC_X_509;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_RW_SESSION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SERIAL_SESSION;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_CERTIFICATE;

/**
 * Puts a certificate beside a private key in a token: SunPKCS11 shows no private key without one. The certificate is
 * signed with a key that is thrown away: nobody verifies it.
 */
final class KeyCertificate
{
    private static final X500Name NAME = new X500Name("CN=countersign peer");
    private static final Duration VALIDITY = Duration.ofDays(3650);

    private KeyCertificate()
    {
    }

    /**
     * Put the certificate into the token unless one is there.
     *
     * @param key    a key pair's.
     * @param slotId of the token.
     * @throws Exception when the token does not take it.
     */
    static void put(final PeerKey key, final long slotId) throws Exception
    {
        final TokenProvisioner login = TokenProvisioner.open(
            key.module(), key.tokenLabel(), key.tokenSerial(), PinSource.file(key.pinFile()));
        try
        {
            putUnlessThere(key, slotId);
        }
        finally
        {
            login.close();
        }
    }

    /** The login is the process's, not that of a session. */
    private static void putUnlessThere(final PeerKey key, final long slotId) throws Exception
    {
        final PKCS11 pkcs11 = new PKCS11Implementation(key.module().toRealPath().toString());
        final long session = pkcs11.C_OpenSession(slotId, CKF_SERIAL_SESSION | CKF_RW_SESSION, null, null);
        pkcs11.C_FindObjectsInit(session, new CK_ATTRIBUTE[]{
            attribute(CKA_CLASS, CKO_CERTIFICATE), attribute(CKA_ID, key.key().id()) }, true);
        final boolean isThere = 0 != pkcs11.C_FindObjects(session, 1).length;
        pkcs11.C_FindObjectsFinal(session);
        if (!isThere)
        {
            pkcs11.C_CreateObject(session, new CK_ATTRIBUTE[]{
                attribute(CKA_CLASS, CKO_CERTIFICATE),
                attribute(CKA_CERTIFICATE_TYPE, CKC_X_509),
                attribute(CKA_TOKEN, true),
                attribute(CKA_LABEL, key.key().alias().toCharArray()),
                attribute(CKA_ID, key.key().id()),
                attribute(CKA_SUBJECT, NAME.getEncoded()),
                attribute(CKA_VALUE, certificate(key.key().pinned())) }, true);
        }
        pkcs11.C_CloseSession(session);
    }

    private static byte[] certificate(final byte[] subjectPublicKeyInfo) throws GeneralSecurityException, IOException
    {
        final AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        final V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        final Instant now = Instant.now();
        generator.setSerialNumber(new ASN1Integer(now.toEpochMilli()));
        generator.setIssuer(NAME);
        generator.setSubject(NAME);
        generator.setStartDate(new Time(Date.from(now)));
        generator.setEndDate(new Time(Date.from(now.plus(VALIDITY))));
        generator.setSignature(algorithm);
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo));
        final TBSCertificate body = generator.generateTBSCertificate();

        final KeyPair thrownAway = KeyPairGenerator.getInstance("EC").generateKeyPair();
        final Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(thrownAway.getPrivate());
        signature.update(body.getEncoded("DER"));

        final ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(body);
        parts.add(algorithm);
        parts.add(new DERBitString(signature.sign()));
        return new DERSequence(parts).getEncoded("DER");
    }

    private static CK_ATTRIBUTE attribute(final long type, final Object value)
    {
        final CK_ATTRIBUTE attribute = new CK_ATTRIBUTE();
        attribute.type = type;
        attribute.pValue = value;
        return attribute;
    }
}
