package io.countersign.perf.peer;

/**
 * Has the payload of a peer's key signed.
 */
interface PayloadSigner
{
    /**
     * Sign once; all of it is measured.
     *
     * @return the signature.
     * @throws Exception when it is not signed.
     */
    byte[] sign() throws Exception;
}
