/**
 * PKCS#11: module, sessions, keys, the hot sign call. Knows nothing of orders, venues or transports.
 */
package io.countersign.hsm;
