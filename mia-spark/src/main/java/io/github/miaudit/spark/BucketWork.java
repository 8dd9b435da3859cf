package io.github.miaudit.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What is to be done of a bucket.
 *
 * @param bucket its number
 * @param rules  labels of those that are missing
 * @param input  its rows, as {@link io.github.miaudit.io.UnorderedDigest#toString()} writes it
 */
record BucketWork(int bucket, List<String> rules, String input) implements Serializable {
}
