/** What an audit is published as: a page for people; a policy's verdict, a summary and a model card for pipelines. */
package io.github.miaudit.report.output;
