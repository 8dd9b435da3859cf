/** Devices that only pretend to compute. */
package io.github.miaudit.djl;
